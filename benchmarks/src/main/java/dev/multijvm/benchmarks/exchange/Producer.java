package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.Workload;
import java.util.concurrent.BlockingQueue;

/// Puts the numbers from 0 up to `count` into a queue.
///
/// @param queue from which a [Consumer] takes them
/// @param kind of queue, for a language that has its own: `bounded` or `growing`
/// @param count how many, at least 1
public record Producer(BlockingQueue<Integer> queue, String kind, int count) implements Workload {

  public Producer {
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
  }

  @Override
  public String kernel() {
    return "producer";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return count;
  }

  @Override
  public Long call() throws InterruptedException {
    for (int i = 0; i < count; i++) {
      queue.put(i);
    }
    return (long) count;
  }
}
