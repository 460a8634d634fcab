package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;

/// Where a worker's messages come from and its results go. Used by the task thread only.
interface Port {
  /// Waits for a message, which is then the current one until [#leave].
  void await();

  int kind();

  long sequence();

  /// The body of the current message; valid until the next [#await].
  Decoder body();

  /// Starts the current task.
  ///
  /// @return false if the pool has withdrawn it
  boolean start();

  /// Sends a message to the pool. When this returns, it outlives this process.
  void send(byte kind, long sequence, Encoder body);

  /// Is done with the current message, which was a task and had a result.
  void leave();

  /// Is done with a message that has no result.
  ///
  /// @return whether the pool waits for the room that it took
  boolean leaveUnanswered();
}
