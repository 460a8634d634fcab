package dev.multijvm.multiprocessing;

import org.jspecify.annotations.Nullable;

/// Something between processes went wrong that no caller could have prevented: a process ended, or
/// it did not answer.
///
/// What the JDK reports as an [IOException][java.io.IOException] stays one here; this is for the
/// interfaces of the JDK that declare none.
public class MultiprocessingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what happened, with the process id and whatever the system said
  public MultiprocessingException(String message) {
    super(message);
  }

  /// @param message what happened, with the process id and whatever the system said
  /// @param cause what brought it to light, or null
  public MultiprocessingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
