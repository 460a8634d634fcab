package dev.multijvm.multiprocessing.internal.shared;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One wait of one thread at a [Berth]: a short spin, then sleep after sleep until a deadline.
///
/// A sleep lasts at most [#CHECK_NANOS]. Then the caller looks whether those it waits for are still
/// alive, so no lost wake-up and no death can keep it for ever.
public final class Waiting {

  /// How long a death or a lost wake-up can go unnoticed.
  public static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// A timeout that never passes.
  public static final long FOREVER = Long.MAX_VALUE;

  private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;

  private final Berth berth;
  private final long timeoutNanos;
  private final long start = System.nanoTime();
  private long lastCheck = start;
  private int spins;
  private boolean slept;

  /// @param timeoutNanos from now; not positive: neither spin nor sleep; [#FOREVER]
  public Waiting(Berth berth, long timeoutNanos) {
    this.berth = berth;
    this.timeoutNanos = Math.max(0, timeoutNanos); // what is left must not overflow
  }

  /// Nanoseconds of `timeout`, [#FOREVER] if they do not fit.
  public static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException _) {
      return timeout.isNegative() ? 0 : FOREVER;
    }
  }

  /// Passes a moment, if there are any left to be spent before the first sleep.
  public boolean spin() {
    if (spins == SPINS || timeoutNanos <= 0) {
      return false;
    }
    spins++;
    Thread.onSpinWait();
    return true;
  }

  /// What is left of the timeout; not positive once it has passed.
  public long leftNanos() {
    return timeoutNanos == FOREVER ? FOREVER : timeoutNanos - (System.nanoTime() - start);
  }

  /// Whether the timeout has passed.
  public boolean isOver() {
    return leftNanos() <= 0;
  }

  /// Whether this thread has slept, and so may have used up a wake-up that others need.
  public boolean hasSlept() {
    return slept;
  }

  /// Whether it is time to see who is still alive; true once every [#CHECK_NANOS].
  public boolean isCheckDue() {
    var now = System.nanoTime();
    if (now - lastCheck < CHECK_NANOS) {
      return false;
    }
    lastCheck = now;
    return true;
  }

  /// Sleeps once, unless the word no longer holds `expected`.
  ///
  /// @throws InterruptedException if the thread is interrupted; noticed after 100 ms at the latest
  /// @throws IllegalStateException if the file is closed
  public void sleep(int expected) throws InterruptedException {
    slept = true;
    berth.sleep(expected, leftNanos());
  }
}
