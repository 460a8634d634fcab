package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// How long does it take until the first answers are there, when the pool must be made for them?
///
/// - Inside the clock: opening a pool of `size`, one tiny task for each worker, closing the pool.
/// - What each mode pays: starting and ending its threads or JVMs. The fork is warm, as a program
///   is that has run for a while; new JVMs are always cold. The single thread starts nothing.
/// - Unit: us, for the life of the pool.
/// - `java -jar benchmarks/target/benchmarks.jar StartupSuite -p size=1`
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class StartupSuite extends Suite {

  @Benchmark
  public long pool(Life operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// A pool that lives for one task a worker.
  public static class Life extends ColdOperation {

    @Param({"1", "2", "4"})
    public int size;

    @Override
    protected Batch tasks() {
      return Batch.of(size, new Squares(1, 1));
    }

    @Override
    protected int workers() {
      return size;
    }
  }
}
