package dev.multijvm.examples;

import java.time.Duration;

/// Ten processes, kept together, sleep for half a second at the same time.
public final class E03TenSleepers {
  private static final Duration NAP = Duration.ofMillis(500);

  private E03TenSleepers() {}

  public static void main(String[] arguments) throws InterruptedException {
    var stopwatch = Stopwatch.start();
    var nap = NAP;
    try (var sleepers = new Children()) {
      for (var i = 0; i < 10; i++) {
        sleepers.start(() -> Pause.of(nap));
      }
      sleepers.join();
      System.out.println(sleepers.count() + " finished in " + stopwatch);
    }
  }
}
