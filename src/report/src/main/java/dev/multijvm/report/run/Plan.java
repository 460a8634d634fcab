package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a run set out to measure.
///
/// @param started when, in ISO 8601 and UTC
/// @param workers the size of pools for work that needs CPUs
/// @param rounds how many were planned
public record Plan(
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty(value = "started", required = true) String started,
    @JsonProperty(value = "effort", required = true) String effort,
    @JsonProperty(value = "seed", required = true) long seed,
    @JsonProperty(value = "workers", required = true) int workers,
    @JsonProperty(value = "rounds", required = true) int rounds,
    @JsonProperty(value = "variants", required = true) List<Variant> variants,
    @JsonProperty(value = "leftOut", required = true) List<LeftOut> leftOut) {
  static final String FORMAT = "multijvm-plan/1";

  /// A variant that was not measured, and why.
  public record LeftOut(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "reason", required = true) String reason) {}

  public Plan {
    Formats.require(FORMAT, format);
    variants = List.copyOf(variants);
    leftOut = List.copyOf(leftOut);
    Set<String> ids = new HashSet<>();
    for (Variant variant : variants) {
      if (!ids.add(variant.id())) {
        throw new IllegalArgumentException("variants must differ: " + variant.id());
      }
    }
  }

  /// What slots alone tell, for a run whose plan is lost.
  static Plan ofSlots(List<Slot> slots) {
    List<Variant> variants =
        slots.stream()
            .filter(slot -> Variant.isId(slot.variant()))
            .map(slot -> Variant.ofId(slot.variant(), slot.unit()))
            .distinct()
            .toList();
    String started = slots.stream().map(Slot::started).sorted().findFirst().orElse("unknown");
    int rounds = slots.stream().mapToInt(Slot::round).max().orElse(0);
    return new Plan(FORMAT, started, "unknown", 0, 1, rounds, variants, List.of());
  }

  public Optional<Variant> variant(String id) {
    return variants.stream().filter(variant -> variant.id().equals(id)).findFirst();
  }
}
