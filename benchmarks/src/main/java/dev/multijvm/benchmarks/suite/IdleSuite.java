package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.machine.TreeClock;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Sleep;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/// What does a pool cost that does nothing?
///
/// - Inside the clock: `memory`: 10 ms of sleep on each of `size` workers, so that all are there;
///   what matters is the slot's `workerPrivateMiB`, the memory that a worker has to itself.
///   `pssMiB` is the whole tree's, in which more workers have smaller heaps. `cpu`: a pool of
///   `size` is left alone for a second; what matters is the reading `idleCpuMicros`, the CPU time
///   of the whole tree in that second, of which the single thread shows how much is the fork's own;
///   `idleWorkersMicros` is the part of other processes.
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

    private @Nullable TreeClock clock;

    /// Finds the workers, once they are there.
    @Setup(Level.Iteration)
    public void look() {
      if (clock == null) {
        clock = TreeClock.here().orElse(null);
      }
    }

    final long rest() throws InterruptedException {
      if (clock == null) {
        Thread.sleep(REST);
      } else {
        rest(clock);
      }
      return keep(batch().tasks().stream().mapToLong(Workload::answer).sum());
    }

    private static void rest(TreeClock clock) throws InterruptedException {
      var before = clock.read();
      Thread.sleep(REST);
      var used = clock.read().since(before);
      Readings.tell("idleCpuMicros", used.nanos() / 1e3);
      Readings.tell("idleWorkersMicros", used.workersNanos() / 1e3);
    }
  }
}
