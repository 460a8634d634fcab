package dev.multijvm.multiprocessing;

import java.io.Serial;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A worker process died while it ran a task. Only the task that it had started fails with this;
/// tasks that still waited for it run elsewhere, and the worker is replaced.
public final class WorkerLostException extends MultiprocessingException {
  @Serial private static final long serialVersionUID = 1L;

  private final long pid;
  private final int exitCode;
  private final String endOfErrorOutput;

  /// Text, because paths are not serializable; null where the JVM left no crash file.
  private final @Nullable String crashFile;

  /// Tells of one worker.
  ///
  /// @param pid the process id of the lost worker
  /// @param status how it ended
  /// @param endOfErrorOutput the last of what it wrote to its standard error
  /// @param crashFile what its JVM wrote while crashing, or null if it did not crash
  public WorkerLostException(
      long pid, ExitStatus status, String endOfErrorOutput, @Nullable Path crashFile) {
    super(message(pid, status, endOfErrorOutput, crashFile));
    this.pid = pid;
    this.exitCode = status.code();
    this.endOfErrorOutput = endOfErrorOutput;
    this.crashFile = crashFile == null ? null : crashFile.toString();
  }

  private static String message(
      long pid, ExitStatus status, String endOfErrorOutput, @Nullable Path crashFile) {
    var text = new StringBuilder("worker process " + pid + " was lost: " + status);
    if (crashFile != null) {
      text.append("; crash file ").append(crashFile);
    }
    if (!endOfErrorOutput.isBlank()) {
      text.append("; end of its standard error:\n").append(endOfErrorOutput.stripTrailing());
    }
    return text.toString();
  }

  /// The process id of the lost worker.
  public long pid() {
    return pid;
  }

  /// The exit code, or 128 plus the number of the signal that ended it; the message says which, as
  /// far as that can be known.
  public int exitCode() {
    return exitCode;
  }

  /// The last of what the worker wrote to its standard error, at most 64 KiB; empty if nothing.
  public String endOfErrorOutput() {
    return endOfErrorOutput;
  }

  /// What the worker's JVM wrote while crashing.
  public Optional<Path> crashFile() {
    return Optional.ofNullable(crashFile).map(Path::of);
  }
}
