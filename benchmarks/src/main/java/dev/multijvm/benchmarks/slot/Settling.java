package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.MachineReading;
import java.time.Duration;

/// Waits between slots until nobody else uses the processors.
///
/// A machine that is never quiet is not worth waiting for: all slots together wait no longer than
/// the budget.
public final class Settling {
  private static final long WINDOW_MILLIS = 50;
  private static final Duration MOST = Duration.ofSeconds(5);

  /// The counters' steps: one of them may always fall into the window.
  private static final double STEP_MILLIS = 10;

  private final double limitPercent;
  private long budgetNanos;

  /// @param limitPercent of all processors' time that others may use
  /// @param budget for all slots together
  public Settling(double limitPercent, Duration budget) {
    this.limitPercent = limitPercent;
    budgetNanos = budget.toNanos();
  }

  /// Returns how long it waited, in seconds: at least one window, at most five seconds.
  public double settle() throws InterruptedException {
    MachineReading start = MachineReading.now();
    MachineReading last = start;
    do {
      Thread.sleep(WINDOW_MILLIS);
      MachineReading now = MachineReading.now();
      if (isQuiet(last, now)) {
        last = now;
        break;
      }
      last = now;
    } while (last.nanos() - start.nanos() < Math.min(MOST.toNanos(), budgetNanos));
    long waited = last.nanos() - start.nanos();
    budgetNanos -= waited;
    return waited / 1e9;
  }

  private boolean isQuiet(MachineReading earlier, MachineReading later) {
    Double foreign = later.since(earlier).foreignPercent();
    if (foreign == null) {
      return true;
    }
    double windowMillis =
        (later.nanos() - earlier.nanos()) / 1e6 * Runtime.getRuntime().availableProcessors();
    return foreign <= limitPercent + 100 * STEP_MILLIS / windowMillis;
  }
}
