package dev.multijvm.multiprocessing.internal.proc;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What Linux says about one process in `/proc/<pid>/stat`.
///
/// @param pid the process
/// @param command the name of its executable, at most 15 bytes; may hold blanks and parentheses
/// @param state `R`, `S`, `D`, `T`, ...; `Z` is a zombie
/// @param parentPid its parent, 0 if that is outside the pid namespace
/// @param threads how many threads are left
/// @param startTicks when it started, in clock ticks since boot: no step of the wall clock moves it
/// @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
public record ProcessStat(
    long pid, String command, char state, long parentPid, long threads, long startTicks) {

  /// Whether the process has ended, though its parent has not asked for its status yet.
  ///
  /// A leader that is a zombie while other threads are left is a process that still runs, or is
  /// just being killed: those threads may still write to memory.
  public boolean hasEnded() {
    return state == 'X' || (state == 'Z' && threads <= 1);
  }

  /// Reads the line of process `pid`.
  ///
  /// Reads with plain file input, which an interrupted thread may do without losing a channel.
  ///
  /// @return null if there is no such process
  /// @throws IOException if nothing can be said, for instance for lack of file descriptors
  public static @Nullable ProcessStat read(long pid) throws IOException {
    var file = new File("/proc/" + pid + "/stat");
    try (var in = new FileInputStream(file)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Opening fails and reading fails when the process has gone; only its entry can tell that
      // from a failure of ours.
      if (!file.exists()) {
        return null;
      }
      throw e;
    }
  }

  /// Takes a line apart. The command is whatever stands between the first and the last parenthesis.
  ///
  /// @throws IllegalArgumentException if this is no such line
  public static ProcessStat parse(String line) {
    var open = line.indexOf('(');
    var close = line.lastIndexOf(')');
    if (open < 2 || close < open) {
      throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
    }
    // Fields 3, 4, ... of the manual page: state, ppid, ...
    var rest = line.substring(close + 1).strip().split(" ", -1);
    if (rest.length < 20 || rest[0].length() != 1) {
      throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
    }
    return new ProcessStat(
        Long.parseLong(line.substring(0, open).strip()),
        line.substring(open + 1, close),
        rest[0].charAt(0),
        Long.parseLong(rest[1]),
        Long.parseLong(rest[17]),
        Long.parseLong(rest[19]));
  }
}
