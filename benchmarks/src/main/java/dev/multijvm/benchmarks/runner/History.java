package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The slots measured so far, and what they tell about the next ones.
final class History {
  /// A variant that has failed so often is not tried again in this run.
  private static final int MOST_FAILURES = 2;

  private final List<SlotRecord> slots;

  History(List<SlotRecord> slots) {
    this.slots = new ArrayList<>(slots);
  }

  void add(SlotRecord slot) {
    slots.add(slot);
  }

  List<SlotRecord> slots() {
    return List.copyOf(slots);
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
    for (SlotRecord slot : slots) {
      if (slot.status() == Status.failed) {
        faults.add(
            slot.variant()
                + " failed in round "
                + slot.round()
                + ": "
                + String.join("; ", slot.reasons()));
      }
    }
    for (Variant variant : plan.variants()) {
      if (failures(variant) == 0 && valid(variant).isEmpty()) {
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
