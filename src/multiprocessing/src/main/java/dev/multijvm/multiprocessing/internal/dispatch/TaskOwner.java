package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Decoder;

/// Whoever awaits the end of a task. Exactly one of [#returned], [#threw] and [#failed] is called,
/// once, by a thread of the library that holds no lock of the dispatcher.
interface TaskOwner {
  /// Whether the result is still of interest; a task nobody wants is not started.
  boolean isWanted();

  /// The task returned.
  ///
  /// @param value the encoded value or values; valid during the call only
  void returned(Task task, long runNanos, Decoder value);

  /// The task threw `problem`.
  void threw(Task task, Throwable problem);

  /// The task did not end by itself, or never started.
  default void failed(Task task, Throwable problem) {
    threw(task, problem);
  }
}
