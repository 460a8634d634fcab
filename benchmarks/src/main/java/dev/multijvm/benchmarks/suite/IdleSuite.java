package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.machine.ThreadTimes;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Sleep;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does a pool cost that does nothing?
///
/// - Inside the clock: `memory`: 10 ms of sleep on each of `size` workers, so that all are there;
///   what matters is the slot's `pssMiB`, whose growth with `size` is the memory of a worker.
///   `cpu`: a pool of `size` is left alone for a second; what matters is the reading
///   `idleCpuMicros`, the CPU time of the whole tree in that second, of which the single thread
///   shows how much is the fork's own.
/// - What each mode pays: its workers, idle.
/// - Unit: ms; it is the sleep.
/// - `java -jar benchmarks/target/benchmarks.jar IdleSuite -prof
///   dev.multijvm.benchmarks.slot.TreeProfiler`
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class IdleSuite extends Suite {

  @Benchmark
  public long memory(Memory operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// What a JVM still compiles and tidies up after its start is not the pool's.
  @Benchmark
  @Warmup(iterations = 5)
  public long cpu(Cpu operation) throws InterruptedException {
    return operation.rest();
  }

  /// A pool whose workers are all there.
  public static class Memory extends WarmOperation {

    @Param({"1", "2", "4"})
    public int size;

    @Override
    protected Batch tasks() {
      return Batch.of(size, new Sleep(10));
    }

    @Override
    protected int workers() {
      return size;
    }

    @Override
    protected WarmUp warmUp() {
      return new WarmUp(new Squares(1, 1), 1);
    }
  }

  /// A pool that is left alone.
  public static class Cpu extends Memory {

    private static final Duration REST = Duration.ofSeconds(1);
    private static final int REHEARSALS = 100;

    private boolean isRehearsed;

    /// Compiles the reading, in the iteration that warms up.
    private void rehearse() {
      for (int i = 0; i < REHEARSALS && !isRehearsed; i++) {
        var _ = ThreadTimes.ofOthersInThisTreeNanos();
      }
      isRehearsed = true;
    }

    final long rest() throws InterruptedException {
      rehearse();
      long before = ThreadTimes.ofOthersInThisTreeNanos();
      Thread.sleep(REST);
      Readings.tell("idleCpuMicros", (ThreadTimes.ofOthersInThisTreeNanos() - before) / 1e3);
      return keep(batch().tasks().stream().mapToLong(Workload::answer).sum());
    }
  }
}
