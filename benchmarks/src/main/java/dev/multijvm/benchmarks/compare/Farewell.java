package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.machine.FileTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/// Runs a command so that Ctrl-C interrupts it and leaves it time to say what it has, and so that
/// what cannot be valid is said in words.
final class Farewell {
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  private Farewell() {}

  /// Runs `command` in the calling thread and exits with its status, or with the signal's.
  static void runAndExit(Callable<Integer> command, String... arguments) {
    Thread working = Thread.currentThread();
    Thread farewell = new Thread(() -> interruptAndAwait(working), "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    int status = commandLine(command).execute(arguments);
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException _) {
      // Already going down: the signal decides the status, and waits for this thread to end.
      return;
    }
    System.exit(status);
  }

  static CommandLine commandLine(Callable<Integer> command) {
    return new CommandLine(command)
        .setExecutionExceptionHandler((failure, _, _) -> explain(failure));
  }

  /// What nobody has foreseen goes on to the command line, which shows where it came from.
  private static int explain(Exception failure) throws Exception {
    switch (failure) {
      case NotValidException e -> System.err.println("Not valid: " + e.getMessage());
      case IOException e -> System.err.println("Not valid: " + FileTrouble.text(e));
      case UncheckedIOException e -> System.err.println("Not valid: " + FileTrouble.text(e));
      case InterruptedException _ -> {
        Thread.currentThread().interrupt();
        System.err.println("Stopped before there was anything to tell.");
      }
      default -> throw failure;
    }
    return Outcome.Answer.NOT_VALID.exitStatus();
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
