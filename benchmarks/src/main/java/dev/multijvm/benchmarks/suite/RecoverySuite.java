package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.WorkerInfo.State;
import dev.multijvm.multiprocessing.WorkerLostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What does the death of a worker cost the others?
///
/// - Inside the clock: a task ends its JVM while a caller goes on asking for tiny tasks, one after
///   the other, until the pool has all of its workers again.
/// - What each mode pays: there is only the process pool; a thread cannot die like this, and
///   Python's pool waits for ever for the task that was lost.
/// - Unit: ms from the crash until the pool is whole. Readings: `lost`, the tasks that failed
///   (promised is 1); `p50`, `p90`, `p99`, `p99.9` and `max`, how long the caller waited for a task
///   meanwhile, in ms.
/// - `java -jar benchmarks/target/benchmarks.jar RecoverySuite -p mode=process-pool -prof
///   dev.multijvm.benchmarks.slot.TreeProfiler`
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class RecoverySuite extends Suite {

  @Benchmark
  public long crash(Crash operation) throws InterruptedException {
    return operation.crash();
  }

  /// A pool of which a worker dies.
  public static class Crash extends WarmOperation {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Long> waits = new ArrayList<>();
    private int lost;

    @Override
    protected Batch tasks() {
      return Batch.of(1, new Squares(1, 1));
    }

    @Override
    protected int workers() {
      return Math.max(2, super.workers());
    }

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(batch().tasks().getFirst(), 20_000);
    }

    final long crash() throws InterruptedException {
      var pool = (ProcessPool) pool();
      var task = batch().tasks().getFirst();
      lost = 0;
      waits.clear();
      long answer = task.answer();
      var crash = pool.submit(new Halt());
      while (answer == task.answer() && !(crash.isDone() && isWhole(pool))) {
        long start = System.nanoTime();
        answer = await(pool.submit(task), task.answer());
        waits.add(System.nanoTime() - start);
      }
      await(crash, null);
      return keep(answer);
    }

    private static boolean isWhole(ProcessPool pool) {
      return pool.workers().stream().filter(worker -> worker.state() == State.IDLE).count()
          == pool.description().workers();
    }

    /// Returns what the task returned, or `substitute` if its worker died with it.
    private <T extends @Nullable Object> T await(Future<? extends T> task, T substitute)
        throws InterruptedException {
      try {
        return task.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof WorkerLostException)) {
          throw new IllegalStateException("a task failed for another reason", e);
        }
        lost++;
        return substitute;
      }
    }

    @TearDown(Level.Invocation)
    public void tell() {
      var nanos = waits.stream().mapToLong(Long::longValue).toArray();
      Readings.tell("lost", lost);
      Readings.tellEach(nanos);
      Readings.tellMost("max", Arrays.stream(nanos).max().orElse(0) / NANOS_PER_MILLI);
      if (lost != 1) {
        throw new IllegalStateException("a crash must cost one task, not " + lost);
      }
    }
  }

  private record Halt() implements SerializableRunnable {

    @Override
    public void run() {
      Runtime.getRuntime().halt(1);
    }
  }
}
