package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import dev.multijvm.statistics.Samples;
import dev.multijvm.statistics.StoppingRule;
import dev.multijvm.statistics.StoppingRule.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether a run knows enough: at a planned look, once the ratio of every mode to the single thread
/// is known within 2 %.
final class Precision {
  private final Plan plan;
  private final History history;

  Precision(Plan plan, History history) {
    this.plan = plan;
    this.history = history;
  }

  /// Whether it does after this round.
  boolean isReached(int round) {
    List<double[]> ratios = new ArrayList<>();
    for (Variant variant : plan.variants()) {
      reference(variant).ifPresent(reference -> ratios.add(logarithms(variant, reference, round)));
    }
    return !ratios.isEmpty()
        && ratios.stream().allMatch(ratio -> ratio.length > 0)
        && StoppingRule.RUN.decide(round, ratios) instanceof Decision.Precise;
  }

  /// The same work in a single thread, where that is something else.
  private Optional<Variant> reference(Variant variant) {
    if (variant.role() != Role.workload || variant.mode().isEmpty()) {
      return Optional.empty();
    }
    String id =
        variant
            .id()
            .replace("mode=" + variant.mode().get(), "mode=" + ExecutionMode.SINGLE_THREAD.id());
    return plan.variants().stream()
        .filter(it -> it.id().equals(id) && !it.equals(variant))
        .findFirst();
  }

  private double[] logarithms(Variant variant, Variant reference, int rounds) {
    List<Double> logarithms = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      Optional<Double> time = time(round, variant);
      Optional<Double> base = time(round, reference);
      if (time.isPresent() && base.isPresent()) {
        logarithms.add(Math.log(time.get() / base.get()));
      }
    }
    return logarithms.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Optional<Double> time(int round, Variant variant) {
    return history.of(round, variant).stream()
        .filter(slot -> slot.status() == Status.valid)
        .map(SlotRecord::iterations)
        .map(it -> Samples.median(it.stream().mapToDouble(Double::doubleValue).toArray()))
        .findFirst();
  }
}
