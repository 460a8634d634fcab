package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.exchange.Consumer;
import dev.multijvm.benchmarks.exchange.Producer;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// How fast do small elements go through a queue, from one producer to one consumer?
///
/// - Inside the clock: 100,000 boxed numbers, put by one task and taken and added up by another.
/// - What each mode pays: threads hand references over by `ArrayBlockingQueue` (`bounded`, 1024
///   elements) or `LinkedBlockingQueue` (`growing`); processes write and read each number in a
///   `SharedQueue`. Both tasks are handed over inside the clock, some 50 us.
/// - Unit: ms for all elements.
/// - `java -jar benchmarks/target/benchmarks.jar QueueSuite -p mode=thread-pool,process-pool`
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class QueueSuite extends Suite {

  @Benchmark
  public long ints(Ints operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// A producer and a consumer.
  public static class Ints extends Exchange {

    private static final int COUNT = 100_000;
    private static final int CAPACITY = 1024;

    @Param({"bounded", "growing"})
    public String kind = "";

    @Override
    protected Batch acrossThreads() {
      return through(
          isBounded() ? new ArrayBlockingQueue<>(CAPACITY) : new LinkedBlockingQueue<>());
    }

    @Override
    protected Batch acrossProcesses() throws IOException {
      return through(kept(isBounded() ? SharedQueue.withCapacity(CAPACITY) : SharedQueue.create()));
    }

    private boolean isBounded() {
      return kind.equals("bounded");
    }

    private Batch through(BlockingQueue<Integer> queue) {
      return new Batch(List.of(new Producer(queue, kind, COUNT), new Consumer(queue, kind, COUNT)));
    }
  }
}
