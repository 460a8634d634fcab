package dev.multijvm.benchmarks.machine;

import java.nio.file.Path;
import java.util.Optional;

/// One process as `/proc/PID/stat` tells it.
///
/// CPU time comes in steps of 10 ms: cut off from an exact count, so differences are right on
/// average.
///
/// @param state `Z` for one that has ended and waits for its parent
/// @param cpuMillis its own
/// @param reapedMillis of its children that have ended and been waited for, and of theirs
/// @param startTicks since boot; with `pid` it names the process for ever
public record ProcessStat(
    long pid, char state, long parent, double cpuMillis, double reapedMillis, long startTicks) {
  public static Optional<ProcessStat> of(long pid) {
    Optional<String> text = Proc.text(directory(pid).resolve("stat"));
    return text.isEmpty() ? Optional.empty() : parse(text.get());
  }

  /// This process: with what it has reaped.
  public static Optional<ProcessStat> ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  /// Reads one line; the name in it may hold blanks and parentheses.
  static Optional<ProcessStat> parse(String text) {
    int open = text.indexOf(" (");
    int close = text.lastIndexOf(") ");
    if (open < 0 || close < open) {
      return Optional.empty();
    }
    String[] fields = text.substring(close + 2).strip().split(" ", -1);
    if (fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcessStat(
            Long.parseLong(text.substring(0, open)),
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            millis(fields[11]) + millis(fields[12]),
            millis(fields[13]) + millis(fields[14]),
            Long.parseLong(fields[19])));
  }

  private static Path directory(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /// Where the kernel tells more of it.
  public Path directory() {
    return directory(pid);
  }

  private static double millis(String ticks) {
    return Long.parseLong(ticks) * Proc.MILLIS_PER_TICK;
  }

  public boolean ended() {
    return state == 'Z' || state == 'X';
  }
}
