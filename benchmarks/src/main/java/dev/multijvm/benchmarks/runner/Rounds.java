package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Which variants a round measures, and how long that takes by what the slots so far have told.
final class Rounds {
  private final Plan plan;
  private final History history;
  private final ToDoubleFunction<Variant> estimate;

  /// @param estimate seconds of a slot, where none has been measured
  Rounds(Plan plan, History history, ToDoubleFunction<Variant> estimate) {
    this.plan = plan;
    this.history = history;
    this.estimate = estimate;
  }

  /// What a round measures, in its order. Extras take part in the first round and in those for
  /// which there is time beyond what the others need in that one and all to come, and once more for
  /// repetitions; a round that has begun with extras goes on with them.
  List<Variant> order(int round, double secondsLeft) {
    List<Variant> whole = plan.round(round);
    List<Variant> others = whole.stream().filter(variant -> !variant.extra()).toList();
    boolean hasExtras =
        round == 1
            || whole.stream().anyMatch(it -> it.extra() && !history.of(round, it).isEmpty())
            || secondsLeft >= seconds(whole) + (plan.rounds() - round + 1) * seconds(others);
    return hasExtras ? whole : others;
  }

  /// How long all of these take.
  double seconds(List<Variant> variants) {
    return variants.stream()
        .filter(variant -> !history.isGivenUp(variant))
        .mapToDouble(this::seconds)
        .sum();
  }

  /// How long a slot takes.
  double seconds(Variant variant) {
    return history.seconds(variant).orElseGet(() -> estimate.applyAsDouble(variant));
  }
}
