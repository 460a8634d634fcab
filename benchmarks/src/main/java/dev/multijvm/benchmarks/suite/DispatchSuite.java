package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
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

/// What does it cost to hand a task over, and how many must travel together until that is
/// forgotten?
///
/// - Inside the clock: `one`: handing over one tiny task and waiting for its answer, asleep or not
///   as the mode has it. `many`: squaring and adding 10,000 numbers in tasks of `chunk`, all handed
///   over before the first answer is asked for.
/// - What each mode pays: nothing but handing over; the work itself takes less than 10 us.
/// - Unit: us, for one task and for all 10,000 numbers.
/// - `java -jar benchmarks/target/benchmarks.jar DispatchSuite -p chunk=1,1000`
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class DispatchSuite extends Suite {

  @Benchmark
  public long one(One operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long many(Many operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// Tasks that are compiled after many short calls rather than a few long ones.
  public abstract static class Tiny extends WarmOperation {

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), 20_000);
    }
  }

  /// One task.
  public static class One extends Tiny {

    @Override
    protected Batch tasks() {
      return Batch.of(1, new Squares(1, 1));
    }
  }

  /// 10,000 numbers in tasks of `chunk`.
  public static class Many extends Tiny {

    @Param({"1", "10", "100", "1000", "10000"})
    public int chunk;

    @Override
    protected Batch tasks() {
      return new Batch(Squares.inChunksOf(chunk, 10_000));
    }
  }
}
