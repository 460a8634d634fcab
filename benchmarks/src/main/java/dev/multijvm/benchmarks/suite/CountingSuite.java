package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.FoldedLoop;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// Does work that only computes gain from processes what it gains from threads?
///
/// - Inside the clock: counting to 10^8 in each of `tasks` tasks, handed over together.
/// - `warm`: what each mode pays beyond counting is handing over; `cold`: also opening and closing
///   the pool, starting its processes, loading and compiling all classes. `folded` is an exhibit:
///   the loop of the tutorials, which the compiler replaces by its result, so that handing over is
///   all. `scaling`: counting to 5 x 10^7 in each of `tasks` tasks on a pool of `workers`, which
///   shows what each further worker gains.
/// - Unit: ms for one operation; `folded` us.
/// - `java -jar benchmarks/target/benchmarks.jar CountingSuite`
public class CountingSuite extends Suite {

  private static final long STEPS = 100_000_000;

  @Benchmark
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public long cold(Cold operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
  public long folded(Folded operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long scaling(Scaling operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// `tasks` loops that cannot be folded.
  public static class Warm extends WarmOperation {

    @Param("2")
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new CountingLoop(STEPS));
    }
  }

  /// As much work for any number of workers.
  public static class Scaling extends WarmOperation {

    @Param({"1", "2", "4"})
    public int workers;

    @Param("4")
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new CountingLoop(STEPS / 2));
    }

    @Override
    protected int workers() {
      return workers;
    }
  }

  /// The same loops from nothing.
  public static class Cold extends ColdOperation {

    @Param("2")
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new CountingLoop(STEPS));
    }
  }

  /// `tasks` loops that are folded.
  public static class Folded extends WarmOperation {

    @Param("2")
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new FoldedLoop(STEPS));
    }
  }
}
