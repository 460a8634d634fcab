package dev.multijvm.benchmarks.honesty;

import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.SteppedWorkload;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
  private static final int ATTEMPTS = 3;
  private static final double LEAST_GROWTH = 1.6;
  private static final double MOST_GROWTH = 2.5;

  /// 10 GHz: no processor's clock is faster, so a shorter cycle means that the ruler was folded.
  private static final double SHORTEST_CYCLE_NANOS = 0.1;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final double cycleNanos;

  private Gate(double cycleNanos) {
    this.cycleNanos = cycleNanos;
  }

  /// Returns a gate for this JVM, which takes the length of a cycle from `ruler`.
  public static Gate measuredBy(Ruler ruler) {
    warmUp(ruler.withSteps(4 * ruler.steps()));
    return new Gate(shortestNanos(ruler) / ruler.steps() / Ruler.CYCLES_PER_STEP);
  }

  /// Returns the length of one cycle of the processor, as the ruler shows it.
  public double cycleNanos() {
    return cycleNanos;
  }

  /// Judges `kernel` at its own number of steps, twice and four times as many.
  ///
  /// A kernel that fails is asked twice more: a busy neighbour can bend the growth of honest times.
  ///
  /// @param kernel with so many steps that they take some milliseconds: enough for the clock, and
  ///   short enough that some of the runs are not disturbed
  public Finding judge(SteppedWorkload kernel) {
    warmUp(kernel.withSteps(4 * kernel.steps()));
    var finding = ask(kernel);
    for (int i = 1; i < ATTEMPTS && !finding.honest(); i++) {
      finding = ask(kernel);
    }
    return finding;
  }

  private Finding ask(SteppedWorkload kernel) {
    double once = shortestNanos(kernel);
    double twice = shortestNanos(kernel.withSteps(2 * kernel.steps()));
    double fourTimes = shortestNanos(kernel.withSteps(4 * kernel.steps()));
    double nanosPerStep = fourTimes / (4 * kernel.steps());
    boolean answers = answers(kernel) && answers(kernel.withSteps(2 * kernel.steps()));
    var growth = List.of(twice / once, fourTimes / twice);
    return new Finding(
        kernel.kernel(),
        kernel.version(),
        answers,
        nanosPerStep,
        nanosPerStep / cycleNanos,
        kernel.floorCycles(),
        growth,
        faults(kernel, answers, nanosPerStep, growth));
  }

  private List<String> faults(
      SteppedWorkload kernel, boolean answers, double nanosPerStep, List<Double> growth) {
    var faults = new ArrayList<String>();
    if (!answers) {
      faults.add("its answer is wrong");
    }
    if (growth.stream().anyMatch(factor -> !(factor > LEAST_GROWTH && factor < MOST_GROWTH))) {
      faults.add(
          String.format(
              Locale.ROOT,
              "twice the steps took %.2f and again %.2f times as long",
              growth.getFirst(),
              growth.getLast()));
    }
    double cycles = nanosPerStep / cycleNanos;
    if (cycles < kernel.floorCycles()) {
      faults.add(
          String.format(
              Locale.ROOT,
              "a step took %.4f cycles, less than the %.1f that it cannot do without: the compiler %s",
              cycles,
              kernel.floorCycles(),
              deed(cycles, kernel.floorCycles(), growth)));
    }
    if (kernel instanceof Ruler && cycleNanos < SHORTEST_CYCLE_NANOS) {
      faults.add(
          String.format(
              Locale.ROOT, "it shows a cycle of %.4f ns, which no processor has", cycleNanos));
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

  private static double shortestNanos(SteppedWorkload kernel) {
    long shortest = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long start = cpuNanos();
      kernel.call();
      shortest = Math.min(shortest, cpuNanos() - start);
    }
    return shortest;
  }

  /// The CPU time of this thread, which a busy neighbour does not lengthen; the wall clock where a
  /// JVM cannot tell.
  private static long cpuNanos() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }
}
