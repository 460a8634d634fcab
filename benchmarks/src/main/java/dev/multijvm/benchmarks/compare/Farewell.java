package dev.multijvm.benchmarks.compare;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// Runs a command so that Ctrl-C interrupts it and leaves it time to say what it has.
final class Farewell {
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private Farewell() {}

  /// Runs `command` in the calling thread and exits with its status, or with the signal's.
  static void runAndExit(Callable<Integer> command, String... arguments) {
    Thread working = Thread.currentThread();
    Thread farewell = new Thread(() -> interruptAndAwait(working), "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    int status = new CommandLine(command).execute(arguments);
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException _) {
      // Already going down: the signal decides the status, and waits for this thread to end.
      return;
    }
    System.exit(status);
  }

  private static void interruptAndAwait(Thread working) {
    working.interrupt();
    try {
      working.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
