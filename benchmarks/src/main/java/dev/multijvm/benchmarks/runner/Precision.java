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
import java.util.OptionalDouble;

/// How much a run knows: the ratio of every mode to the single thread, and of the process pool to
/// the thread pool, of all its workloads.
final class Precision {
  private final Plan plan;
  private final History history;

  Precision(Plan plan, History history) {
    this.plan = plan;
    this.history = history;
  }

  /// Whether every ratio is known well enough, which only a planned look may say.
  boolean isReached(int round) {
    List<double[]> ratios = ratios(round);
    return !ratios.isEmpty() && StoppingRule.RUN.decide(round, ratios) instanceof Decision.Precise;
  }

  /// By which share the limits of the least known ratio are away from it; empty where there is no
  /// ratio, or one has no interval yet.
  OptionalDouble widest() {
    List<double[]> ratios = ratios(history.rounds());
    double widest = StoppingRule.RUN.widest(ratios);
    return ratios.isEmpty() || Double.isInfinite(widest)
        ? OptionalDouble.empty()
        : OptionalDouble.of(widest);
  }

  private List<double[]> ratios(int rounds) {
    List<double[]> ratios = new ArrayList<>();
    for (Variant variant : plan.variants()) {
      for (Variant reference : references(variant)) {
        ratios.add(logarithms(variant, reference, rounds));
      }
    }
    return ratios;
  }

  /// The same work in the modes that it is set against.
  private List<Variant> references(Variant variant) {
    if (variant.role() != Role.workload || variant.mode().isEmpty()) {
      return List.of();
    }
    String mode = variant.mode().get();
    List<ExecutionMode> modes =
        mode.equals(ExecutionMode.PROCESS_POOL.id())
            ? List.of(ExecutionMode.SINGLE_THREAD, ExecutionMode.THREAD_POOL)
            : List.of(ExecutionMode.SINGLE_THREAD);
    return modes.stream()
        .map(it -> variant.id().replace("mode=" + mode, "mode=" + it.id()))
        .flatMap(id -> plan.variants().stream().filter(it -> it.id().equals(id)))
        .filter(it -> !it.equals(variant))
        .toList();
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
