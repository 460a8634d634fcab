package dev.multijvm.multiprocessing.internal.insight;

import dev.multijvm.multiprocessing.TimeHistogram;
import java.util.concurrent.atomic.AtomicLongArray;

/// A [TimeHistogram] in the making. Any thread may add.
public final class Times {
  private final AtomicLongArray counts =
      new AtomicLongArray(TimeHistogram.classOf(Long.MAX_VALUE) + 1);

  /// Counts one more time, in nanoseconds.
  public void add(long nanos) {
    counts.getAndIncrement(TimeHistogram.classOf(nanos));
  }

  /// What was counted so far.
  public TimeHistogram histogram() {
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return TimeHistogram.of(copy);
  }
}
