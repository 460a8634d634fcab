package dev.multijvm.examples;

import java.time.Duration;

/// What the tutorials do instead of work.
public final class Pause {
  private Pause() {}

  /// Sleeps; whoever interrupts that wants the process to end.
  public static void of(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while sleeping", e);
    }
  }
}
