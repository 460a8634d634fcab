package dev.multijvm.multiprocessing;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A [ChildProcess] ended otherwise than by returning from its task. The message has its name, pid
/// and exit status, the crash file if its JVM crashed, and the end of its standard error; the cause
/// is what its task threw, if it threw.
public final class ChildFailedException extends MultiprocessingException {
  @Serial private static final long serialVersionUID = 1L;

  /// Tells of one child.
  ///
  /// @param message which process, how it ended, what it left
  /// @param cause what its task threw, with the remote stack trace; null if it did not throw
  public ChildFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
