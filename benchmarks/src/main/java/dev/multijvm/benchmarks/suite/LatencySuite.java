package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/// How long does one caller wait for one tiny task, and how long in the worst cases?
///
/// - Inside the clock: `submit(task).get()`, each call timed alone, so that there are percentiles.
///   `asleep`: the worker has had nothing to do for a millisecond, so its thread sleeps; `awake`:
///   one task after the other.
/// - What each mode pays: handing over the task, waking the worker where it sleeps, waking the
///   caller.
/// - Unit: us; percentiles are the readings `p50`, `p90`, `p99`, `p99.9`, those with ten samples
///   beyond them.
/// - `java -jar benchmarks/target/benchmarks.jar LatencySuite`
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class LatencySuite extends Suite {

  @Benchmark
  public long asleep(Asleep operation) throws ExecutionException, InterruptedException {
    return operation.ask();
  }

  @Benchmark
  public long awake(Awake operation) throws ExecutionException, InterruptedException {
    return operation.ask();
  }

  /// One task at a time.
  public static class Awake extends WarmOperation {

    @Override
    protected Batch tasks() {
      return Batch.of(1, new Squares(1, 1));
    }

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), 20_000);
    }

    final long ask() throws ExecutionException, InterruptedException {
      return keep(pool().submit(batch().tasks().getFirst()).get());
    }
  }

  /// One task after each pause.
  public static class Asleep extends Awake {

    private static final long PAUSE_NANOS = 1_000_000;

    @Setup(Level.Invocation)
    public void pause() {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
