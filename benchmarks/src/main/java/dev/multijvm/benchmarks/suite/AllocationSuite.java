package dev.multijvm.benchmarks.suite;

import static java.util.Objects.requireNonNull;

import dev.multijvm.benchmarks.exchange.Allocation;
import dev.multijvm.benchmarks.exchange.Latencies;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.workload.Batch;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/// One heap for all, or one for each: what do collectors cost work that allocates?
///
/// - Inside the clock: a task for each worker, each of 5000 steps that allocate 2000 small objects;
///   those of the last 400 steps, some 20 MB, stay alive.
/// - What each mode pays: threads share one heap and all stop for its collector; each process has a
///   heap of its own, which is as much smaller as there are more of them, and stops alone.
/// - Unit: ms for all tasks; the readings `p50` to `p99.9` and `max` are those of a step, in ms:
///   the tail is the collector's.
/// - `java -jar benchmarks/target/benchmarks.jar AllocationSuite -prof
///   dev.multijvm.benchmarks.slot.TreeProfiler`
public class AllocationSuite extends Suite {

  private static final double NANOS_PER_MILLI = 1e6;

  @Benchmark
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    long answer = operation.run();
    operation.tellSteps();
    return answer;
  }

  /// A task for each worker.
  public static class Warm extends Exchange {

    private static final int STEPS = 5000;
    private static final int LIVE_STEPS = 400;

    private @Nullable Latencies latencies;

    @Override
    protected Batch acrossThreads() throws IOException {
      return acrossProcesses();
    }

    @Override
    protected Batch acrossProcesses() throws IOException {
      var times = kept(Latencies.open());
      latencies = times;
      return Batch.of(Workers.computing(), new Allocation(times, STEPS, LIVE_STEPS));
    }

    void tellSteps() {
      requireNonNull(latencies)
          .take()
          .forEach((name, nanos) -> Readings.tell(name, nanos / NANOS_PER_MILLI));
    }
  }
}
