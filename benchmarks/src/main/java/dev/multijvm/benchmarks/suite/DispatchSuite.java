package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
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
///   over before the first answer is asked for. `futures`: a million tasks of one number, each
///   submitted by itself, then each future asked; 100,000 at a time, so that any heap holds them.
///   Python gets 10,000, which take it a second.
/// - What each mode pays: nothing but handing over; the work itself takes less than 10 us.
/// - Unit: us, for one task and for all 10,000 numbers; `futures` ms for all tasks.
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

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 3)
  @Measurement(iterations = 3)
  public long futures(Futures operation) throws ExecutionException, InterruptedException {
    return operation.submitAll();
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

  /// 100,000 numbers, a future each, ten times.
  public static class Futures extends Tiny {

    private static final int TIMES = 10;
    private static final int AT_ONCE = 100_000;
    private static final int IN_PYTHON = 10_000;

    @Override
    protected Batch tasks() {
      long answer = new Squares(1, IN_PYTHON).answer();
      return mode().isPython()
          ? Batch.of(1, new PythonWork("submit-each", List.of(IN_PYTHON), answer))
          : new Batch(Squares.inChunksOf(1, AT_ONCE));
    }

    @Override
    protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
      submittedOneByOne(pool);
    }

    final long submitAll() throws ExecutionException, InterruptedException {
      if (mode().isPython()) {
        return run();
      }
      long sum = 0;
      for (int i = 0; i < TIMES; i++) {
        sum += submittedOneByOne(pool());
      }
      return keep(sum);
    }

    @Override
    protected void verify(long answer) {
      batch().check(answer, mode().isPython() ? 1 : TIMES);
    }

    private long submittedOneByOne(ExecutorService pool)
        throws ExecutionException, InterruptedException {
      var futures = new ArrayList<Future<Long>>(AT_ONCE);
      for (var task : batch().tasks()) {
        futures.add(pool.submit(task));
      }
      long sum = 0;
      for (var future : futures) {
        sum += future.get();
      }
      return sum;
    }
  }
}
