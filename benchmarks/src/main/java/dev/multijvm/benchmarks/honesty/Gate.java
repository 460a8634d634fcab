package dev.multijvm.benchmarks.honesty;

import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.SteppedWorkload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Asks a kernel, as compiled by this JVM, whether its time can be believed.
///
/// Three questions, because each alone can be fooled. The answer may be right although the loop was
/// replaced by a formula; time may grow with the steps although the compiler runs one step for
/// sixteen (it composes the steps of a linear generator); a floor alone would miss a loop that runs
/// in part.
///
/// Times are CPU times of this thread, and the shortest of several runs: whatever else the machine
/// does makes runs longer, and nothing makes a folded loop look long.
public final class Gate {

  private static final int WARM_UP_CALLS = 5;
  private static final int RUNS = 15;
  private static final int ATTEMPTS = 10;
  private static final double LEAST_GROWTH = 1.6;
  private static final double MOST_GROWTH = 2.5;

  /// 10 GHz: no processor's clock is faster, so a shorter cycle means that the ruler was folded.
  private static final double SHORTEST_CYCLE_NANOS = 0.1;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ShortestTimes ruler;

  private Gate(ShortestTimes ruler) {
    this.ruler = ruler;
  }

  /// Returns a gate for this JVM, which takes the length of a cycle from `ruler`.
  public static Gate measuredBy(Ruler ruler) {
    warmUp(ruler.withSteps(4 * ruler.steps()));
    var times = new ShortestTimes(ruler);
    times.runAll();
    return new Gate(times);
  }

  /// Returns the length of one cycle of the processor, as the ruler shows it.
  public double cycleNanos() {
    return ruler.nanosPerStep() / Ruler.CYCLES_PER_STEP;
  }

  /// Judges `kernel` at its own number of steps, twice and four times as many.
  ///
  /// The lengths take turns, so that a neighbour who is busy for a while meets all of them. A
  /// kernel that seems dishonest runs again, and the ruler with it, until each length was
  /// undisturbed once; a dishonest one stays so.
  ///
  /// @param kernel with so many steps that they take some milliseconds: enough for the clock, and
  ///   short enough that some of the runs are not disturbed
  public Finding judge(SteppedWorkload kernel) {
    warmUp(kernel.withSteps(4 * kernel.steps()));
    boolean answers = answers(kernel) && answers(kernel.withSteps(2 * kernel.steps()));
    var times = new ShortestTimes(kernel);
    times.runAll();
    var finding = finding(kernel, answers, times);
    for (int i = 1; i < ATTEMPTS && answers && !finding.honest(); i++) {
      ruler.runAll();
      times.runAll();
      finding = finding(kernel, answers, times);
    }
    return finding;
  }

  private Finding finding(SteppedWorkload kernel, boolean answers, ShortestTimes times) {
    double cycles = times.nanosPerStep() / cycleNanos();
    return new Finding(
        kernel.kernel(),
        kernel.version(),
        answers,
        times.nanosPerStep(),
        cycles,
        kernel.floorCycles(),
        times.growth(),
        faults(kernel, answers, cycles, times.growth()));
  }

  private static boolean linear(List<Double> growth) {
    return growth.stream().allMatch(factor -> factor > LEAST_GROWTH && factor < MOST_GROWTH);
  }

  private List<String> faults(
      SteppedWorkload kernel, boolean answers, double cycles, List<Double> growth) {
    var faults = new ArrayList<String>();
    if (!answers) {
      faults.add("its answer is wrong");
    }
    if (!linear(growth)) {
      faults.add(
          String.format(
              Locale.ROOT,
              "twice the steps took %.2f and again %.2f times as long",
              growth.getFirst(),
              growth.getLast()));
    }
    if (cycles < kernel.floorCycles()) {
      faults.add(
          String.format(
              Locale.ROOT,
              "a step took %.4f cycles, less than the %.1f that it cannot do without: the compiler %s",
              cycles,
              kernel.floorCycles(),
              deed(cycles, kernel.floorCycles(), growth)));
    }
    if (kernel instanceof Ruler && cycleNanos() < SHORTEST_CYCLE_NANOS) {
      faults.add(
          String.format(
              Locale.ROOT, "it shows a cycle of %.4f ns, which no processor has", cycleNanos()));
    }
    return faults;
  }

  /// What the compiler did to a loop whose steps take too little.
  private static String deed(double cycles, double floorCycles, List<Double> growth) {
    return growth.stream().allMatch(factor -> factor < LEAST_GROWTH)
        ? "replaced the loop by its result, so that more steps take no longer"
        : String.format(
            Locale.ROOT,
            "does at least %.0f steps in one (composed, or side by side in a vector)",
            Math.ceil(floorCycles / cycles));
  }

  private static void warmUp(SteppedWorkload kernel) {
    for (int i = 0; i < WARM_UP_CALLS; i++) {
      answers(kernel);
    }
  }

  private static boolean answers(SteppedWorkload kernel) {
    return kernel.call() == kernel.answer();
  }

  private static long nanosOf(SteppedWorkload kernel) {
    long start = cpuNanos();
    kernel.call();
    return cpuNanos() - start;
  }

  /// The CPU time of this thread, which a busy neighbour does not lengthen; the wall clock where a
  /// JVM cannot tell.
  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  /// The shortest times yet of a kernel with its own steps, twice and four times as many.
  private static final class ShortestTimes {

    private final List<SteppedWorkload> lengths;
    private final long[] nanos;

    ShortestTimes(SteppedWorkload kernel) {
      lengths =
          Stream.of(1, 2, 4).map(factor -> kernel.withSteps(factor * kernel.steps())).toList();
      nanos = new long[lengths.size()];
      Arrays.fill(nanos, Long.MAX_VALUE);
    }

    void runAll() {
      for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < nanos.length; i++) {
          nanos[i] = Math.min(nanos[i], nanosOf(lengths.get(i)));
        }
      }
    }

    List<Double> growth() {
      return List.of((double) nanos[1] / nanos[0], (double) nanos[2] / nanos[1]);
    }

    double nanosPerStep() {
      return (double) nanos[2] / lengths.getLast().steps();
    }
  }
}
