package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.Transport;

/// How tasks reach one worker and what is known about them there. All methods are called with the
/// pool's lock, but those that say otherwise.
sealed interface Channel permits RingChannel, LinkChannel {
  Transport transport();

  /// The most tasks that the worker may have at once.
  int window();

  /// Sends a message; nobody sees it before [#publish].
  ///
  /// @return false if there is no room now
  boolean send(int kind, long sequence, byte[] body);

  /// Sends a task, whose sequence is set, and remembers in it where it lies.
  ///
  /// @return false if there is no room now
  boolean sendTask(Task task);

  /// Has the worker say when it has read something that has no result; to be followed by another
  /// attempt to send.
  void wantRoom();

  /// Shows the worker what was sent.
  ///
  /// @return whether [#ring] is to be called, after the lock was released
  boolean publish();

  /// Wakes the worker. Without the lock.
  void ring();

  /// Whether a task that was sent can be taken back before it starts.
  boolean canWithdraw();

  /// Takes back a task that was sent.
  ///
  /// @return false if the worker has started it, or may have
  boolean withdraw(Task task);

  /// Whether the worker has started a task that was sent, or may have.
  boolean hasStarted(Task task);

  /// Whether the result of a task that was sent is on its way or here.
  boolean hasFinished(Task task);

  /// Handles the results that are there. Any thread, without the pool's lock.
  void drain();

  /// Looks for the result of `submission` for some microseconds and handles others on the way,
  /// unless somebody else does.
  void drainFor(Submission<?> submission, long patienceNanos);

  /// The worker is dead and its last results were handled. Without the lock.
  void close();
}
