package dev.multijvm.multiprocessing.internal.worker;

import java.util.concurrent.atomic.AtomicLong;

/// Interrupts the task that is meant and no other.
///
/// `running` holds the sequence of the task while user code runs, [#NONE] between tasks, and
/// [#INTERRUPTING] for the moment in which an interrupt is delivered. The task thread leaves a task
/// only when its sequence is there, and clears the flag before the next.
final class Interrupter {
  private static final long NONE = -1;
  private static final long INTERRUPTING = -2;

  private final Thread taskThread;
  private final AtomicLong running = new AtomicLong(NONE);

  Interrupter(Thread taskThread) {
    this.taskThread = taskThread;
  }

  /// By the task thread, before it starts the task.
  void enter(long sequence) {
    // Whoever interrupted this thread since the last task did not mean the next one.
    var _ = Thread.interrupted();
    running.set(sequence);
  }

  /// By the task thread, after the task.
  void leave(long sequence) {
    while (!running.compareAndSet(sequence, NONE)) {
      Thread.onSpinWait();
    }
  }

  /// By any other thread.
  void interrupt(long sequence) {
    if (running.compareAndSet(sequence, INTERRUPTING)) {
      taskThread.interrupt();
      running.set(sequence);
    }
  }
}
