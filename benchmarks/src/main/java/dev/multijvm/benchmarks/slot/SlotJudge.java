package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.MachineUse;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import dev.multijvm.benchmarks.slot.SlotRecord.Jvm;
import dev.multijvm.benchmarks.slot.SlotRecord.Memory;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import dev.multijvm.statistics.WarmUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/// Makes the record of a slot out of what came of its launch.
///
/// A slot is rejected only by what is known without its score and not caused by its mode: time
/// stolen by the hypervisor, CPU time of processes that are not ours, and a kill from outside.
/// Starting ten JVMs raises pressure and load, so these are only reported.
///
/// @param limitPercent of all processors' time that may be stolen, or foreign
public record SlotJudge(double limitPercent) {
  /// JMH tells percentiles however few the samples, as `p0.999`.
  private static final Pattern JMH_PERCENTILE = Pattern.compile("p[01][.]\\d+");

  private static final String NOT_STEADY = "not steady";

  /// Whether the slot's iterations were still becoming faster when it ended.
  public static boolean isUnsteady(SlotRecord slot) {
    return slot.doubts().stream().anyMatch(doubt -> doubt.startsWith(NOT_STEADY));
  }

  public SlotRecord judge(
      Variant variant, int round, int position, Launcher.Outcome outcome, double settleSeconds) {
    MachineUse machine = outcome.after().since(outcome.before());
    List<String> problems = problems(variant, outcome);
    List<String> disturbances = disturbances(outcome.killed(), machine);
    List<Double> iterations = outcome.result() == null ? List.of() : scores(outcome.result());
    Status status =
        !problems.isEmpty()
            ? Status.failed
            : disturbances.isEmpty() ? Status.valid : Status.rejected;
    return new SlotRecord(
        SlotRecord.FORMAT,
        variant.id(),
        round,
        position,
        outcome.started(),
        rounded(outcome.seconds()),
        rounded(settleSeconds),
        status,
        status == Status.failed ? problems : disturbances,
        limitPercent,
        doubts(variant, outcome, iterations, machine),
        variant.unit(),
        outcome.warmup(),
        iterations,
        cpuMillis(outcome.result()),
        secondary(outcome.result(), TreeProfiler.PSS),
        secondary(outcome.result(), TreeProfiler.PEAK),
        memory(outcome.result()),
        readings(outcome.result()),
        machine,
        outcome.processes(),
        outcome.json());
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }

  private static List<String> problems(Variant variant, Launcher.Outcome outcome) {
    List<String> problems = new ArrayList<>(outcome.problems());
    RunResult result = outcome.result();
    if (result != null
        && !result.getPrimaryResult().getScoreUnit().equals(variant.unit() + "/op")) {
      problems.add(
          "measured in "
              + result.getPrimaryResult().getScoreUnit()
              + ", planned in "
              + variant.unit());
    }
    for (Jvm worker : outcome.processes().stream().skip(1).toList()) {
      Set<String> differences =
          JvmFlags.differences(outcome.processes().getFirst().arguments(), worker.arguments());
      if (!differences.isEmpty()) {
        problems.add("a worker's flags differ from the fork's: " + String.join(" ", differences));
        break;
      }
    }
    return problems;
  }

  private List<String> disturbances(List<String> killed, MachineUse machine) {
    List<String> disturbances = new ArrayList<>();
    killed.forEach(process -> disturbances.add("killed from outside: " + process));
    addIfAbove(machine.stealPercent(), "stolen by the hypervisor", disturbances);
    addIfAbove(machine.foreignPercent(), "used by other processes", disturbances);
    return disturbances;
  }

  private void addIfAbove(@Nullable Double percent, String by, List<String> disturbances) {
    if (percent != null && percent > limitPercent) {
      disturbances.add(String.format(Locale.ROOT, "%.1f %% of the CPU time %s", percent, by));
    }
  }

  private static List<String> doubts(
      Variant variant, Launcher.Outcome outcome, List<Double> iterations, MachineUse machine) {
    List<String> doubts = new ArrayList<>();
    for (String process : outcome.leftBehind()) {
      doubts.add("left behind and killed: " + process);
    }
    double[] times =
        DoubleStream.concat(
                outcome.warmup().stream().mapToDouble(Double::doubleValue),
                iterations.stream().mapToDouble(Double::doubleValue))
            .toArray();
    if (variant.temperature() == Temperature.warm
        && !iterations.isEmpty()
        && WarmUp.of(times) instanceof WarmUp.StillFalling(double fall)) {
      doubts.add(
          String.format(
              Locale.ROOT, NOT_STEADY + ": the last iterations still fall by %.1f %%", 100 * fall));
    }
    Double throttled = machine.throttledMillis();
    if (throttled != null && throttled > 0) {
      doubts.add(
          String.format(
              Locale.ROOT, "kept from running for %.0f ms by the quota of its group", throttled));
    }
    return doubts;
  }

  private static List<Double> scores(RunResult result) {
    return iterations(result).map(SlotJudge::score).toList();
  }

  /// An iteration's time for one operation: by the clock inside it, where it has one.
  static double score(IterationResult iteration) {
    Result<?> inner = iteration.getSecondaryResults().get(TreeProfiler.INNER);
    return (inner == null ? iteration.getPrimaryResult() : inner).getScore();
  }

  private static Stream<IterationResult> iterations(RunResult result) {
    return result.getBenchmarkResults().stream().flatMap(it -> it.getIterationResults().stream());
  }

  /// Iterations differ in their number of operations, so their times are weighed by it. Not
  /// rounded: the shortest operations take nanoseconds.
  private static @Nullable Double cpuMillis(@Nullable RunResult result) {
    if (result == null) {
      return null;
    }
    double millis = 0;
    double operations = 0;
    for (IterationResult iteration : iterations(result).toList()) {
      Result<?> cpu = iteration.getSecondaryResults().get(TreeProfiler.CPU);
      if (cpu == null) {
        return null;
      }
      long count = iteration.getMetadata().getAllOps();
      millis += cpu.getScore() * count;
      operations += count;
    }
    return millis / operations;
  }

  /// What the suite told, and percentiles where single operations were timed.
  private static Map<String, Double> readings(@Nullable RunResult result) {
    Map<String, Double> readings = new TreeMap<>();
    if (result == null) {
      return readings;
    }
    result
        .getSecondaryResults()
        .forEach((name, secondary) -> readings.put(name, secondary.getScore()));
    readings.keySet().removeAll(TreeProfiler.OWN);
    readings.keySet().removeIf(name -> JMH_PERCENTILE.matcher(name).matches());
    boolean hasInner = result.getSecondaryResults().containsKey(TreeProfiler.INNER);
    if (result.getParams().getMode() == Mode.SampleTime && !hasInner) {
      Statistics samples = result.getPrimaryResult().getStatistics();
      readings.putAll(Readings.percentiles(samples.getN(), samples::getPercentile));
    }
    return readings;
  }

  private static @Nullable Memory memory(@Nullable RunResult result) {
    Double program = secondary(result, TreeProfiler.PROGRAM_PRIVATE);
    Double workers = secondary(result, TreeProfiler.WORKERS);
    return program == null || workers == null
        ? null
        : new Memory(
            program,
            workers.intValue(),
            secondary(result, TreeProfiler.WORKER_PRIVATE),
            secondary(result, TreeProfiler.WORKER_SHARED));
  }

  private static @Nullable Double secondary(@Nullable RunResult result, String label) {
    if (result == null) {
      return null;
    }
    Result<?> secondary = result.getSecondaryResults().get(label);
    return secondary == null ? null : rounded(secondary.getScore());
  }
}
