package dev.multijvm.multiprocessing.internal.connection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// An instant on the monotonic clock until which a wait may last.
record Deadline(long nanoTime, boolean never) {
  static final Deadline NEVER = new Deadline(0, true);
  private static final Duration LONGEST = Duration.ofDays(365);

  static Deadline after(Duration timeout) {
    long nanos = Math.clamp(TimeUnit.NANOSECONDS.convert(timeout), 0, LONGEST.toNanos());
    return new Deadline(System.nanoTime() + nanos, false);
  }

  boolean passed() {
    return !never && nanoTime - System.nanoTime() <= 0;
  }

  Deadline orEarlier(Deadline other) {
    return other.remainingNanos() < remainingNanos() ? other : this;
  }

  long remainingNanos() {
    return never ? Long.MAX_VALUE : Math.max(0, nanoTime - System.nanoTime());
  }

  /// At least 1, because a selector takes 0 for "without end", and 0 for "without end".
  long selectMillis() {
    return never ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(remainingNanos() + 999_999));
  }
}
