package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which slots are measured again because they were disturbed: some at the end of their round,
/// while the others of the round are near, and the rest after the last round, if there is time.
final class Repetitions {
  private static final int MOST_TRIES_IN_ROUND = 3;
  private static final int MOST_TRIES = 6;

  private final Plan plan;
  private final History history;

  Repetitions(Plan plan, History history) {
    this.plan = plan;
    this.history = history;
  }

  /// A variant whose slots of a round were all disturbed.
  record Gap(int round, Variant variant) {}

  /// What to repeat next at the end of a round: extras last, and no more than a quarter of the
  /// round, because a machine that disturbs more is not better a minute later.
  Optional<Variant> nextIn(int round, List<Variant> order) {
    int most = plan.variants().size() + Math.max(2, order.size() / 4);
    return position(round) > most
        ? Optional.empty()
        : order.stream()
            .filter(variant -> tries(new Gap(round, variant)) < MOST_TRIES_IN_ROUND)
            .filter(variant -> isDisturbed(round, variant))
            .min(Comparator.comparing(Variant::extra));
  }

  /// What to repeat next after the last round: what was tried least, in the plan's order, extras
  /// last.
  Optional<Gap> nextOfAll(Predicate<Variant> hasTime) {
    return gaps()
        .filter(gap -> tries(gap) < MOST_TRIES && hasTime.test(gap.variant))
        .min(
            Comparator.<Gap, Boolean>comparing(gap -> gap.variant.extra())
                .thenComparingInt(this::tries));
  }

  /// How many slots are still missing.
  int missing() {
    return (int) gaps().count();
  }

  private Stream<Gap> gaps() {
    return plan.variants().stream()
        .flatMap(variant ->
            history.gaps(variant).stream()
                .filter(round -> isDisturbed(round, variant))
                .map(round -> new Gap(round, variant)));
  }

  private boolean isDisturbed(int round, Variant variant) {
    List<SlotRecord> tries = history.of(round, variant);
    return !tries.isEmpty() && tries.getLast().status() == Status.rejected;
  }

  private int tries(Gap gap) {
    return history.of(gap.round, gap.variant).size();
  }

  /// Where the next repetition in a round is kept: behind all variants.
  int position(int round) {
    return Math.max(plan.variants().size(), history.lastPosition(round)) + 1;
  }
}
