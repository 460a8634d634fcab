package dev.multijvm.benchmarks.runner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The lock by which JMH keeps two runs from measuring each other. JMH takes it for each `Runner`;
/// we take it for the whole run and tell JMH so, so that no other run slips in between two slots.
final class JmhLock implements AutoCloseable {
  private static final String IGNORE = "jmh.ignoreLock";
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final @Nullable FileChannel channel;

  private JmhLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /// Waits for the lock, unless JMH's own property says that it is to be ignored.
  ///
  /// @param say told once if another run holds the lock
  /// @throws NotValidException if it still does after `patience`
  static JmhLock acquire(Duration patience, Consumer<String> say)
      throws IOException, InterruptedException {
    if (Boolean.getBoolean(IGNORE)) {
      return new JmhLock(null);
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    FileChannel channel = open(file);
    try {
      waitFor(channel, file, patience, say);
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
    System.setProperty(IGNORE, "true");
    return new JmhLock(channel);
  }

  private static FileChannel open(Path file) throws IOException {
    if (!Files.exists(file)) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      // As JMH does: another user's runs must be able to take it too.
      var _ = file.toFile().setWritable(true, false);
      return channel;
    }
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private static void waitFor(
      FileChannel channel, Path file, Duration patience, Consumer<String> say)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!tryLock(channel)) {
      if (System.nanoTime() > end) {
        throw new NotValidException(
            "another JMH run has held its lock " + file + " for " + patience.toSeconds() + " s");
      }
      if (!told) {
        told = true;
        say.accept(
            "Another JMH run holds the lock "
                + file
                + ": waiting for it, at most "
                + patience.toSeconds()
                + " s");
      }
      Thread.sleep(AGAIN);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  /// Lets go of the lock.
  @Override
  public void close() throws IOException {
    if (channel != null) {
      System.clearProperty(IGNORE);
      channel.close();
    }
  }
}
