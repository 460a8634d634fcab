package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.Workload;
import java.util.concurrent.BlockingQueue;

/// Takes `count` numbers out of a queue and adds them up.
///
/// @param queue into which a [Producer] puts them
/// @param kind of queue, for a language that has its own: `bounded` or `growing`
/// @param count how many, at least 1
public record Consumer(BlockingQueue<Integer> queue, String kind, int count) implements Workload {

  public Consumer {
    if (count < 1) {
      throw new IllegalArgumentException("count must be positive: " + count);
    }
  }

  @Override
  public String kernel() {
    return "consumer";
  }

  @Override
  public int version() {
    return 1;
  }

  /// The sum of 0 to `count` - 1.
  @Override
  public long answer() {
    return (count - 1L) * count / 2;
  }

  @Override
  public Long call() throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += queue.take();
    }
    return sum;
  }
}
