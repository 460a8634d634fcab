package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.RangeSum;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// Into how many chunks should divisible work be cut, and when is it too small to be divided?
///
/// - Inside the clock: summing the chunks of a range, handed over together, and adding up their
///   sums.
/// - What each mode pays: handing over each chunk and taking its answer. `small` is three chunks of
///   333 numbers, which is nearly nothing but that.
/// - Unit: ms for the whole range; `small` us.
/// - `java -jar benchmarks/target/benchmarks.jar RangeSumSuite -p chunks=1,16`
public class RangeSumSuite extends Suite {

  @Benchmark
  @Warmup(iterations = 2)
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long large(Large operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @Warmup(iterations = 6, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  @Measurement(iterations = 5, time = 100, timeUnit = TimeUnit.MILLISECONDS)
  public long small(Small operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// 1 to 2 x 10^8.
  public static class Warm extends Chunked {

    @Override
    long last() {
      return 200_000_000;
    }
  }

  /// 1 to 10^9.
  public static class Large extends Chunked {

    @Override
    long last() {
      return 1_000_000_000;
    }
  }

  /// A range in `chunks` chunks.
  public abstract static class Chunked extends WarmOperation {

    @Param({"1", "2", "4", "8", "16", "32", "64", "128", "256"})
    public int chunks;

    abstract long last();

    @Override
    protected Batch tasks() {
      return new Batch(RangeSum.inChunks(last(), chunks));
    }

    /// As many calls as there are chunks, because short calls take more of them to be compiled.
    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), Math.max(WarmUp.ENOUGH_CALLS, chunks));
    }
  }

  /// 1 to 1000 in three chunks.
  public static class Small extends WarmOperation {

    @Override
    protected Batch tasks() {
      return new Batch(RangeSum.inChunks(1000, 3));
    }

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), 20_000);
    }
  }
}
