package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import java.time.Duration;

/// Two processes sleep for half a second, and the time is taken before they have even begun to.
public final class E01TwoSleepersNotJoined {
  private static final Duration NAP = Duration.ofMillis(500);

  private E01TwoSleepersNotJoined() {}

  public static void main(String[] arguments) {
    var stopwatch = Stopwatch.start();
    var nap = NAP;
    try (var one = ChildProcess.start(() -> Pause.of(nap));
        var other = ChildProcess.start(() -> Pause.of(nap))) {
      System.out.println("finished, so they say, in " + stopwatch);
      System.out.println("still alive: " + one.isAlive() + ", " + other.isAlive());
    }
    System.out.println("really finished in " + stopwatch);
  }
}
