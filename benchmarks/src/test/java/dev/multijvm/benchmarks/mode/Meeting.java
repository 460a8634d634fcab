package dev.multijvm.benchmarks.mode;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;

/// A task that ends only when as many others of its kind run at the same time.
///
/// @param directory where they meet, an empty one
/// @param parties how many must be there
record Meeting(String directory, int parties)
    implements Callable<Meeting.Attendance>, Serializable {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /// Which process the task ran in, and how many warm-ups that had completed.
  record Attendance(long pid, long warmUps) implements Serializable {}

  @Override
  public Attendance call() throws IOException, InterruptedException {
    var home = Path.of(directory);
    Files.createFile(home.resolve(UUID.randomUUID() + ".here"));
    in(home, "*.here", parties);
    return new Attendance(ProcessHandle.current().pid(), WarmUp.completed());
  }

  /// Waits until `count` files in `directory` match `glob`.
  static void in(Path directory, String glob, int count) throws IOException, InterruptedException {
    var deadline = Instant.now().plus(DEADLINE);
    while (filesIn(directory, glob) < count) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            filesIn(directory, glob) + " of " + count + " came within " + DEADLINE);
      }
      Thread.sleep(1);
    }
  }

  private static int filesIn(Path directory, String glob) throws IOException {
    int count = 0;
    try (var files = Files.newDirectoryStream(directory, glob)) {
      for (var _ : files) {
        count++;
      }
    }
    return count;
  }
}
