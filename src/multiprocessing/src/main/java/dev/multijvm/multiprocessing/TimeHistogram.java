package dev.multijvm.multiprocessing;

import java.time.Duration;
import java.util.Arrays;

/// How long something took, how often: counts in classes of times, each a quarter of a power of two
/// wide, so that a [#quantile] is at most a quarter too large. Immutable.
public final class TimeHistogram {
  /// How many classes there are. Class 0 to 3 are those nanoseconds; from there on, four classes
  /// share each power of two.
  private static final int CLASSES = 4 * 62;

  private final long[] counts;

  private TimeHistogram(long[] counts) {
    this.counts = counts;
  }

  /// The histogram of times that were counted by their class.
  ///
  /// @param counts how often a time of each [class][#classOf] was met; copied
  public static TimeHistogram of(long[] counts) {
    return new TimeHistogram(Arrays.copyOf(counts, CLASSES));
  }

  /// The number of the class to which a time belongs.
  ///
  /// @param nanos a time; a negative one counts as 0
  public static int classOf(long nanos) {
    if (nanos < 4) {
      return (int) Math.max(0, nanos);
    }
    int power = 63 - Long.numberOfLeadingZeros(nanos);
    return 4 * (power - 1) + (int) (nanos >>> (power - 2) & 3);
  }

  /// The longest time that belongs to a class, in nanoseconds.
  private static long longestOf(int index) {
    if (index < 4) {
      return index;
    }
    int power = index / 4 + 1;
    long width = 1L << (power - 2);
    return (1L << power) + (index % 4) * width + (width - 1);
  }

  /// How many times were counted.
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /// A time that at least the part `fraction` of those counted did not exceed; zero if none was
  /// counted.
  ///
  /// @param fraction from 0, the shortest, to 1, the longest
  public Duration quantile(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be from 0 to 1: " + fraction);
    }
    long rank = Math.max(1, (long) Math.ceil(fraction * count()));
    long seen = 0;
    for (int i = 0; i < CLASSES; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Duration.ofNanos(longestOf(i));
      }
    }
    return Duration.ZERO;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeHistogram that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /// In words: `1000 times, median 12 us, 99 % within 40 us, longest 2 ms`.
  @Override
  public String toString() {
    return count() == 0
        ? "never"
        : count()
            + " times, median "
            + inWords(quantile(0.5))
            + ", 99 % within "
            + inWords(quantile(0.99))
            + ", longest "
            + inWords(quantile(1));
  }

  private static String inWords(Duration time) {
    long nanos = time.toNanos();
    if (nanos < 10_000) {
      return nanos + " ns";
    }
    if (nanos < 10_000_000) {
      return nanos / 1_000 + " us";
    }
    return nanos / 1_000_000 + " ms";
  }
}
