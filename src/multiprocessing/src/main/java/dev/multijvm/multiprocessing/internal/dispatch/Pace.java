package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.ring.Spin;

/// How long tasks take as of late, and what follows from that. Written with the pool's lock, asked
/// by any thread.
final class Pace {
  /// Tasks that take less than this on average are sent ahead.
  private static final long SHORT_NANOS = 1_000_000;

  /// So much work is sent ahead.
  private static final long AHEAD_NANOS = 2_000_000;

  /// Far beyond what is short until the first task has run.
  private volatile double meanNanos = Double.MAX_VALUE;

  /// `count` tasks have run, for `nanos` each.
  void remember(double nanos, int count) {
    double weight = Math.min(0.5, count / 8.0);
    meanNanos = meanNanos == Double.MAX_VALUE ? nanos : meanNanos + weight * (nanos - meanNanos);
  }

  /// The most tasks that one worker may have.
  int ahead() {
    return meanNanos < SHORT_NANOS
        ? (int) Math.min(InFlight.CAPACITY, Math.max(2, AHEAD_NANOS / meanNanos))
        : 1;
  }

  /// Whether a result is likely to come sooner than a sleeper would wake up.
  boolean isWorthALook() {
    return meanNanos < Spin.WAKE_UP_NANOS;
  }
}
