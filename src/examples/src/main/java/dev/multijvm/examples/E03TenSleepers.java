package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;

/// Ten processes, kept in a list, sleep for half a second at the same time.
public final class E03TenSleepers {
  private static final Duration NAP = Duration.ofMillis(500);

  private E03TenSleepers() {}

  public static void main(String[] arguments) throws InterruptedException {
    var stopwatch = Stopwatch.start();
    var nap = NAP;
    var sleepers = new ArrayList<ChildProcess>();
    for (var i = 0; i < 10; i++) {
      sleepers.add(ChildProcess.start(() -> Pause.of(nap)));
    }
    for (var sleeper : sleepers) {
      sleeper.join();
    }
    System.out.println(sleepers.size() + " finished in " + stopwatch);
  }
}
