package dev.multijvm.benchmarks.suite;

import static java.util.Objects.requireNonNull;

import dev.multijvm.benchmarks.exchange.Allocation;
import dev.multijvm.benchmarks.exchange.Latencies;
import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.multiprocessing.SerializableCallable;
import java.io.IOException;
import java.io.Serializable;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// One heap for all, or one for each: what do collectors cost work that allocates?
///
/// - Inside the clock: a task for each worker, each of 5000 steps that allocate 2000 small objects;
///   those of the last 400 steps, some 20 MB, stay alive.
/// - What each mode pays: threads share one heap and all stop for its collector; each process has a
///   heap of its own, which is as much smaller as there are more of them, and stops alone.
/// - Unit: ms for all tasks; the readings `p50` to `p99.9` and `max` are those of a step, in ms:
///   the tail is the collector's. `gcCount` and `gcMillis` are the pauses of all JVMs that work and
///   the time they took, as their collectors count them; `gcCountOfOne` and `gcMillisOfOne` those
///   of the JVM with the most.
/// - `java -jar benchmarks/target/benchmarks.jar AllocationSuite -prof
///   dev.multijvm.benchmarks.slot.TreeProfiler`
public class AllocationSuite extends Suite {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final int ATTEMPTS = 20;
  private static final Duration STAY = Duration.ofMillis(5);

  @Benchmark
  public long warm(Warm operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// A task for each worker.
  public static class Warm extends Exchange {

    private static final int STEPS = 5000;
    private static final int LIVE_STEPS = 400;

    private @Nullable Latencies latencies;
    private Map<Long, Pauses> before = Map.of();

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

    @Setup(Level.Invocation)
    public void lookAtCollectors() throws ExecutionException, InterruptedException {
      before = pauses();
    }

    @TearDown(Level.Invocation)
    public void tell() throws ExecutionException, InterruptedException {
      var steps = requireNonNull(latencies).take();
      Readings.tellMost("max", requireNonNull(steps.remove("max")) / NANOS_PER_MILLI);
      steps.forEach((name, nanos) -> Readings.tell(name, nanos / NANOS_PER_MILLI));
      var used =
          pauses().entrySet().stream()
              .map(now -> now.getValue().since(requireNonNull(before.get(now.getKey()))))
              .toList();
      tell("gcCount", used.stream().mapToLong(Pauses::count));
      tell("gcMillis", used.stream().mapToLong(Pauses::millis));
    }

    private static void tell(String name, LongStream ofEach) {
      var all = ofEach.summaryStatistics();
      Readings.tell(name, (double) all.getSum());
      Readings.tell(name + "OfOne", (double) all.getMax());
    }

    /// Those of every JVM that runs tasks, by its process id.
    private Map<Long, Pauses> pauses() throws ExecutionException, InterruptedException {
      return mode() == ExecutionMode.PROCESS_POOL
          ? pausesOfWorkers()
          : Map.of(ProcessHandle.current().pid(), Pauses.here());
    }

    /// Each task stays so long that the next goes to another worker.
    private Map<Long, Pauses> pausesOfWorkers() throws ExecutionException, InterruptedException {
      Map<Long, Pauses> all = new HashMap<>();
      for (int i = 0; i < ATTEMPTS && all.size() < workers(); i++) {
        var asked = Collections.nCopies(workers(), new AskCollectors());
        for (var answer : pool().invokeAll(asked)) {
          all.put(answer.get().pid, answer.get().pauses);
        }
      }
      if (all.size() != workers()) {
        throw new IllegalStateException(
            "of " + workers() + " workers only these answered: " + all.keySet());
      }
      return all;
    }
  }

  /// Pauses for a collector, and the time they took.
  private record Pauses(long count, long millis) implements Serializable {

    static Pauses here() {
      var beans = ManagementFactory.getGarbageCollectorMXBeans();
      return new Pauses(
          beans.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum(),
          beans.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).sum());
    }

    Pauses since(Pauses before) {
      return new Pauses(count - before.count, millis - before.millis);
    }
  }

  private record OfWorker(long pid, Pauses pauses) implements Serializable {}

  private record AskCollectors() implements SerializableCallable<OfWorker> {

    @Override
    public OfWorker call() throws InterruptedException {
      Thread.sleep(STAY);
      return new OfWorker(ProcessHandle.current().pid(), Pauses.here());
    }
  }
}
