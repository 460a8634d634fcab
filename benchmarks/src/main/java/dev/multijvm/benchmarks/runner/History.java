package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The slots measured so far, and what they tell about the next ones.
final class History {
  /// A variant that has failed so often is not tried again in this run.
  private static final int MOST_FAILURES = 2;

  private final List<SlotRecord> slots = new ArrayList<>();

  /// What failed before the run went on: to be measured again, and a fault until then.
  private final List<SlotRecord> failedBefore = new ArrayList<>();

  /// @param earlier the slots of a run that goes on
  History(List<SlotRecord> earlier) {
    earlier.forEach(slot -> (slot.status() == Status.failed ? failedBefore : slots).add(slot));
  }

  /// Adds a slot, and returns those that it is measured instead of: they failed before the run went
  /// on.
  List<SlotRecord> add(SlotRecord slot) {
    slots.add(slot);
    List<SlotRecord> replaced =
        failedBefore.stream()
            .filter(it -> it.round() == slot.round() && it.variant().equals(slot.variant()))
            .toList();
    failedBefore.removeAll(replaced);
    return replaced;
  }

  /// Without those that are to be measured again.
  List<SlotRecord> slots() {
    return List.copyOf(slots);
  }

  /// With those that are to be measured again.
  List<SlotRecord> failed() {
    return Stream.concat(
            failedBefore.stream(), slots.stream().filter(it -> it.status() == Status.failed))
        .toList();
  }

  boolean has(int round, int position) {
    return slots.stream().anyMatch(it -> it.round() == round && it.position() == position);
  }

  boolean hasBegun(int round) {
    return slotsOf(round) > 0;
  }

  int slotsOf(int round) {
    return (int) slots.stream().filter(it -> it.round() == round).count();
  }

  /// Whether the variant's slot in this round counts.
  boolean isValid(int round, Variant variant) {
    return of(round, variant).stream().anyMatch(it -> it.status() == Status.valid);
  }

  List<SlotRecord> of(int round, Variant variant) {
    return slots.stream()
        .filter(it -> it.round() == round && it.variant().equals(variant.id()))
        .sorted(Comparator.comparingInt(SlotRecord::position))
        .toList();
  }

  List<SlotRecord> valid(Variant variant) {
    return slots.stream()
        .filter(it -> it.variant().equals(variant.id()) && it.status() == Status.valid)
        .toList();
  }

  int lastPosition(int round) {
    return slots.stream()
        .filter(it -> it.round() == round)
        .mapToInt(SlotRecord::position)
        .max()
        .orElse(0);
  }

  boolean isGivenUp(Variant variant) {
    return failures(variant) >= MOST_FAILURES;
  }

  private long failures(Variant variant) {
    return slots.stream()
        .filter(it -> it.variant().equals(variant.id()) && it.status() == Status.failed)
        .count();
  }

  /// How long a slot of the variant has taken, in the median; empty before the first.
  Optional<Double> seconds(Variant variant) {
    List<Double> seconds =
        slots.stream()
            .filter(it -> it.variant().equals(variant.id()) && it.status() != Status.failed)
            .map(SlotRecord::totalSeconds)
            .sorted()
            .toList();
    return seconds.isEmpty() ? Optional.empty() : Optional.of(seconds.get(seconds.size() / 2));
  }

  double usedSeconds() {
    return slots.stream().mapToDouble(SlotRecord::totalSeconds).sum();
  }

  /// How many rounds have begun.
  int rounds() {
    return slots.stream().mapToInt(SlotRecord::round).max().orElse(0);
  }

  /// The rounds in which the variant has no slot that counts; of an extra only those in which it
  /// was tried.
  List<Integer> gaps(Variant variant) {
    List<Integer> gaps = new ArrayList<>();
    for (int round = 1; round <= rounds(); round++) {
      boolean isDue = !variant.extra() || !of(round, variant).isEmpty();
      if (isDue && !isValid(round, variant)) {
        gaps.add(round);
      }
    }
    return gaps;
  }

  /// What speaks against the run as a whole; empty if it is valid.
  List<String> faults(Plan plan) {
    List<String> faults = new ArrayList<>();
    for (SlotRecord slot : failed()) {
      faults.add(
          slot.variant()
              + " failed in round "
              + slot.round()
              + ": "
              + String.join("; ", slot.reasons()));
    }
    for (Variant variant : plan.variants()) {
      boolean isTold = failed().stream().anyMatch(it -> it.variant().equals(variant.id()));
      if (!isTold && valid(variant).isEmpty()) {
        faults.add(variant.id() + " has no valid slot" + reason(variant));
      }
    }
    return faults;
  }

  private String reason(Variant variant) {
    return slots.stream()
        .filter(it -> it.variant().equals(variant.id()))
        .reduce((_, last) -> last)
        .map(last -> ": " + String.join("; ", last.reasons()))
        .orElse("");
  }
}
