package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.multiprocessing.SharedLongArray;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/// A histogram of durations that tasks fill, wherever they run.
///
/// A duration belongs to the bucket of its highest bit and the four bits below, so it is known
/// within 6 %; told is the bucket's lower end. Counts are added to atomically.
///
/// @param counts one for each bucket
public record Latencies(SharedLongArray counts) implements Serializable, AutoCloseable {

  private static final int BITS = 4;
  private static final int STEPS = 1 << BITS;

  /// Returns an empty one.
  public static Latencies open() throws IOException {
    return new Latencies(SharedLongArray.create((Long.SIZE - BITS + 1) * STEPS));
  }

  /// Adds a duration.
  public void add(long nanos) {
    counts.getAndAdd(bucket(nanos), 1);
  }

  private static int bucket(long nanos) {
    int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(Math.max(1, nanos)));
    return shift * STEPS + (int) (nanos >>> shift);
  }

  private static long lowerEnd(int bucket) {
    int shift = Math.max(0, bucket / STEPS - 1);
    return (long) (bucket - shift * STEPS) << shift;
  }

  /// Takes all durations out and returns their percentiles that enough of them lie beyond, and
  /// `max`, in nanoseconds.
  public Map<String, Double> take() {
    var taken = new long[counts.length()];
    long count = 0;
    for (int i = 0; i < taken.length; i++) {
      taken[i] = counts.getAndSet(i, 0);
      count += taken[i];
    }
    long total = count;
    var told =
        new LinkedHashMap<>(
            Readings.percentiles(
                total,
                percent ->
                    lowerEnd(holding((long) Math.ceil(percent / 100 * total - 1e-6), taken))));
    if (total > 0) {
      told.put("max", (double) lowerEnd(holding(total, taken)));
    }
    return told;
  }

  /// The bucket that holds the sample of this rank, from 1.
  private static int holding(long rank, long[] counts) {
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return i;
      }
    }
    throw new IllegalArgumentException("rank must be at most " + seen + ": " + rank);
  }

  @Override
  public void close() {
    counts.close();
  }
}
