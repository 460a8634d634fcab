package dev.multijvm.multiprocessing.internal.launch;

import dev.multijvm.multiprocessing.ExitStatus;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a child ended, and what it left to explain it.
///
/// @param status what the kernel says
/// @param crashFile what its JVM wrote while crashing; `null` if it did not crash
/// @param lastWords the end of its standard error, at most 64 KiB
public record ChildEnd(ExitStatus status, @Nullable Path crashFile, String lastWords) {
  private static final int SIGKILL = 9;

  /// @param exitValue as [Process#exitValue] gives it
  /// @param killed whether we sent SIGKILL
  static ChildEnd of(int exitValue, boolean killed, @Nullable Path crashFile, String lastWords) {
    return new ChildEnd(statusOf(exitValue, killed, crashFile), crashFile, lastWords);
  }

  private static ExitStatus statusOf(int exitValue, boolean killed, @Nullable Path crashFile) {
    int signal = exitValue - 128;
    if (signal < 1 || signal > 64) {
      return new ExitStatus.Exit(exitValue);
    }
    boolean isCertain = crashFile != null || (killed && signal == SIGKILL);
    return isCertain ? new ExitStatus.Signal(signal) : new ExitStatus.SignalOrExit(signal);
  }

  /// In one sentence, followed by the last lines of standard error if there were any.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(status.toString());
    if (crashFile != null) {
      text.append(", crash file ").append(crashFile);
    }
    String words = lastWords.strip();
    if (!words.isEmpty()) {
      text.append(", its standard error ended with:\n").append(lastLines(words));
    }
    return text.toString();
  }

  private static String lastLines(String words) {
    int start = words.length();
    for (int i = 0; i < 20 && start > 0; i++) {
      start = words.lastIndexOf('\n', start - 1);
    }
    return words.substring(Math.max(0, start + 1));
  }
}
