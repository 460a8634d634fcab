package dev.multijvm.multiprocessing.internal.ring;

/// A thread's short wait for what it expects at any moment, before it sleeps.
///
/// To be woken costs some ten microseconds, for the one who wakes too; so it pays to look again and
/// again for about as long. After the first few microseconds the thread gives way at each look. If
/// somebody takes the CPU then, wait after wait, that may be the very peer it waits for: then it
/// leaves a wait out and sleeps, since only who is woken is moved to an idle CPU. Waits far from
/// each other say nothing of the kind: the peer has slept between them, and was placed anew.
public final class Spin {
  /// Worth while to avoid one sleep: what waking up costs, roughly.
  public static final long WAKE_UP_NANOS = 50_000;

  /// Looks before others get the CPU: some microseconds.
  private static final int SELFISH_LOOKS = 100;

  /// To give way takes less than this where nobody waits for the CPU.
  private static final long LONELY_NANOS = 4_000;

  /// So many waits in a row with company are one too many.
  private static final int CROWDED_WAITS = 4;

  /// Waits with less than this between them follow each other.
  private static final long PAUSE_NANOS = 100_000;

  private long limitNanos;
  private long start;
  private long end;
  private int looks;
  private boolean isCrowded;
  private int crowdedWaits;

  /// Begins a wait of at most `limitNanos`.
  public void begin(long limitNanos) {
    boolean isCrowdedAgain = isCrowded && System.nanoTime() - end < PAUSE_NANOS;
    crowdedWaits = isCrowdedAgain ? crowdedWaits + 1 : 0;
    isCrowded = false;
    looks = 0;
    if (crowdedWaits < CROWDED_WAITS) {
      this.limitNanos = limitNanos;
    } else {
      this.limitNanos = 0;
      crowdedWaits = 0;
    }
  }

  /// To be called after each look that found nothing.
  ///
  /// @return false if the wait is over
  public boolean goesOn() {
    if (limitNanos == 0) {
      return false;
    }
    if (looks++ < SELFISH_LOOKS) {
      Thread.onSpinWait();
      return true;
    }
    return giveWay();
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing is wrong if nobody else runs
  private boolean giveWay() {
    long before = System.nanoTime();
    if (looks == SELFISH_LOOKS + 1) {
      start = before;
    }
    if (Thread.currentThread().isVirtual()) {
      // It may hold a lock, and would come back only when no other virtual thread wants to run.
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
    long now = System.nanoTime();
    isCrowded |= now - before > LONELY_NANOS;
    end = now;
    return now - start < limitNanos;
  }
}
