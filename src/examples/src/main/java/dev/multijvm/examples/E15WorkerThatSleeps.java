package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import java.time.Duration;

/// A worker prints, sleeps for two seconds and prints again; it is waited for.
public final class E15WorkerThatSleeps {
  private E15WorkerThatSleeps() {}

  /// Runs the program.
  ///
  /// @param arguments how many milliseconds to sleep, if not 2000
  public static void main(String[] arguments) throws InterruptedException {
    var nap = Duration.ofMillis(arguments.length == 0 ? 2000 : Long.parseLong(arguments[0]));
    try (var worker = ChildProcess.start(() -> work(nap))) {
      worker.join();
      System.out.println("worker is done");
    }
  }

  public static void work(Duration nap) {
    System.out.println("worker starts");
    Pause.of(nap);
    System.out.println("worker ends");
  }
}
