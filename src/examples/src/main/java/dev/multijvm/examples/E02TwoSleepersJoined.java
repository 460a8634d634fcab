package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import java.time.Duration;

/// Two processes sleep for half a second at the same time, and are waited for.
public final class E02TwoSleepersJoined {
  private static final Duration NAP = Duration.ofMillis(500);

  private E02TwoSleepersJoined() {}

  public static void main(String[] arguments) throws InterruptedException {
    var stopwatch = Stopwatch.start();
    var nap = NAP;
    try (var one = ChildProcess.start(() -> Pause.of(nap));
        var other = ChildProcess.start(() -> Pause.of(nap))) {
      one.join();
      other.join();
      System.out.println("finished in " + stopwatch);
    }
  }
}
