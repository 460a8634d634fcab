package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// CPU time to the nanosecond, as the scheduler counts it for each living thread; the time of a
/// process comes in hundredths of a second. Threads that have ended are not in it, so it is for
/// trees that rest.
public final class ThreadTimes {

  private ThreadTimes() {}

  /// Returns the time of all threads of this process and its descendants but the one that asks, so
  /// that asking, which takes milliseconds, does not count; 0 where there is no `/proc`.
  public static long ofOthersInThisTreeNanos() {
    var self = ProcessHandle.current();
    var me = me();
    return Stream.concat(Stream.of(self), self.descendants())
        .mapToLong(process -> ofProcessNanos(process.pid(), me))
        .sum();
  }

  private static Path me() {
    try {
      return Path.of("/proc/thread-self").toRealPath();
    } catch (IOException _) {
      return Path.of("nobody");
    }
  }

  private static long ofProcessNanos(long pid, Path but) {
    long nanos = 0;
    try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (var thread : threads) {
        if (!thread.equals(but)) {
          nanos += Proc.line(thread.resolve("schedstat")).map(ThreadTimes::first).orElse(0L);
        }
      }
    } catch (IOException _) {
      return nanos;
    }
    return nanos;
  }

  private static long first(String line) {
    return Long.parseLong(line.split(" ", 2)[0]);
  }
}
