package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Sleep;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does waiting cost in each mode, when as many tasks wait as there are workers, and more?
///
/// - Inside the clock: `warm` and `cold`: tasks of 0.5 s, one worker each; `many`: 200 tasks of 5
///   ms on 10 workers, virtual threads unbounded.
/// - What each mode pays beyond waiting: handing over; in `cold` also opening and closing the pool
///   and starting its processes. Warm modes have done the same with sleeps of 1 ms before.
/// - Unit: ms for all tasks.
/// - `java -jar benchmarks/target/benchmarks.jar SleepSuite -p tasks=10`
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class SleepSuite extends Suite {

  @Benchmark
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long cold(Cold operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  @Warmup(iterations = 1)
  @Measurement(iterations = 3)
  public long many(Many operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// Sleeps on a pool that has slept before.
  public abstract static class Sleeping extends WarmOperation {

    @Override
    protected int workers() {
      return Workers.sleeping(batch().tasks().size());
    }

    @Override
    protected WarmUp warmUp() {
      return WarmUp.of(new Sleep(1));
    }

    /// Hands over as many sleeps of 1 ms as will be measured of the long ones.
    @Override
    protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
      Batch.of(batch().tasks().size(), new Sleep(1)).run(pool);
    }
  }

  /// `tasks` tasks of half a second.
  public static class Warm extends Sleeping {

    @Param({"2", "10"})
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new Sleep(500));
    }
  }

  /// The same from nothing.
  public static class Cold extends ColdOperation {

    @Param({"2", "10"})
    public int tasks;

    @Override
    protected Batch tasks() {
      return Batch.of(tasks, new Sleep(500));
    }

    @Override
    protected int workers() {
      return Workers.sleeping(tasks);
    }
  }

  /// Many more tasks than workers.
  public static class Many extends Sleeping {

    @Override
    protected Batch tasks() {
      return Batch.of(200, new Sleep(5));
    }
  }
}
