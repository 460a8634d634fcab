package dev.multijvm.multiprocessing;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;

/// A task, or something it captured, cannot be sent to another process. Thrown by the call that
/// hands the task over, so nothing has run. The message names the class, the path of fields that
/// leads to it, and the cure.
public final class TaskNotSerializableException extends RejectedExecutionException {
  @Serial private static final long serialVersionUID = 1L;

  private final String className;
  private final String fieldPath;

  /// Tells what cannot be sent, and what to do.
  ///
  /// @param className the class that cannot be sent
  /// @param fieldPath how it is reached from the task, such as `task.captured[0].connection`
  /// @param cure what to change
  /// @param cause what serialization said
  public TaskNotSerializableException(
      String className, String fieldPath, String cure, Throwable cause) {
    super("cannot send " + className + " (" + fieldPath + ") to a worker process: " + cure, cause);
    this.className = className;
    this.fieldPath = fieldPath;
  }

  /// The name of the class that cannot be sent.
  public String className() {
    return className;
  }

  /// How it is reached from the task, such as `task.captured[0].connection`.
  public String fieldPath() {
    return fieldPath;
  }
}
