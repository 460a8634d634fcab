package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.util.List;
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
///   one task after the other, in Python 500 in one go, so that no way between the programs lies
///   between two of them.
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
  public abstract static class Asking extends WarmOperation {

    @Override
    protected Batch tasks() {
      return Batch.of(1, new Squares(1, 1));
    }

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), 20_000);
    }

    long ask() throws ExecutionException, InterruptedException {
      return keep(pool().submit(batch().tasks().getFirst()).get());
    }
  }

  /// One task after the other.
  public static class Awake extends Asking {

    private static final int IN_PYTHON = 500;

    private int doneAhead;
    private long answer;

    @Override
    protected Batch tasks() {
      return mode().isPython()
          ? Batch.of(1, new PythonWork("ask-each", List.of(IN_PYTHON), IN_PYTHON))
          : super.tasks();
    }

    /// Of the operations that Python does in one go, all but the first have only to be counted.
    @Override
    long ask() throws ExecutionException, InterruptedException {
      if (!mode().isPython()) {
        return super.ask();
      }
      if (doneAhead == 0) {
        answer = run();
        doneAhead = IN_PYTHON;
      }
      doneAhead--;
      return keep(answer);
    }
  }

  /// One task after each pause.
  public static class Asleep extends Asking {

    private static final long PAUSE_NANOS = 1_000_000;

    @Setup(Level.Invocation)
    public void pause() {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
