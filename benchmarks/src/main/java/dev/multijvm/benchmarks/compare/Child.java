package dev.multijvm.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that works for us; it and all that it started are gone before the call returns or
/// throws.
///
/// What it prints goes to a file: a pipe that some grandchild keeps open could hang us.
///
/// @param status the exit status
/// @param output what it printed, on both streams
record Child(int status, String output) {
  private static final List<Integer> SIGNALLED = List.of(128 + 1, 128 + 2, 128 + 15);
  private static final Duration SIGNAL_ARRIVES = Duration.ofSeconds(1);
  private static final Duration DYING = Duration.ofSeconds(10);

  /// Runs `command` to its end.
  ///
  /// @param log where its output is kept
  /// @throws InterruptedException if the caller is interrupted, after killing the program's whole
  ///   tree
  /// @throws NotValidException if it cannot be started, or was killed because it took longer than
  ///   `deadline`
  static Child run(List<String> command, Path directory, Path log, Duration deadline)
      throws InterruptedException {
    Process process = start(command, directory, log);
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NotValidException(
            "This did not end within "
                + deadline.toMinutes()
                + " min: "
                + String.join(" ", command),
            "Its output is in " + log + ".");
      }
      if (SIGNALLED.contains(process.exitValue())) {
        // Ctrl-C goes to it and to us: let our own interrupt arrive before calling it a failure.
        Thread.sleep(SIGNAL_ARRIVES);
      }
      return new Child(process.exitValue(), read(log));
    } finally {
      end(process);
    }
  }

  private static Process start(List<String> command, Path directory, Path log) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File(nothing())))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return process;
    } catch (IOException e) {
      throw new NotValidException(
          "Could not start " + command.getFirst() + ": " + e.getMessage(),
          "Install it, or put it on the path.");
    }
  }

  private static String nothing() {
    return System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null";
  }

  private static String read(Path log) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills what still lives, the youngest first: their parents reap them, so that not even a zombie
  /// is left.
  private static void end(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> below = process.descendants().toList();
      below.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(below);
      process.destroyForcibly();
      awaitEnd(List.of(process.toHandle()));
    }
  }

  private static void awaitEnd(List<ProcessHandle> dying) {
    CompletableFuture.allOf(
            dying.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, DYING.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /// The last lines that say what went wrong, for people.
  String tail(int lines) {
    List<String> all = output.lines().filter(line -> !line.isBlank()).toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }
}
