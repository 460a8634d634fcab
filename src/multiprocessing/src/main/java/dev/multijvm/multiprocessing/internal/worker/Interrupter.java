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

  /// A task that is to be interrupted as soon as it starts.
  private volatile long early = NONE;

  Interrupter(Thread taskThread) {
    this.taskThread = taskThread;
  }

  /// By the task thread, before it starts the task.
  void enter(long sequence) {
    // Whoever interrupted this thread since the last task did not mean the next one.
    var _ = Thread.interrupted();
    running.set(sequence);
    if (early == sequence) {
      taskThread.interrupt();
    }
  }

  /// By the task thread, after the task.
  void leave(long sequence) {
    while (!running.compareAndSet(sequence, NONE)) {
      Thread.onSpinWait();
    }
  }

  /// By the link's thread.
  void interrupt(long sequence) {
    if (!interruptIfRunning(sequence)) {
      early = sequence;
      // It may have started meanwhile, and not have seen that.
      var _ = interruptIfRunning(sequence);
    }
  }

  private boolean interruptIfRunning(long sequence) {
    if (!running.compareAndSet(sequence, INTERRUPTING)) {
      return false;
    }
    taskThread.interrupt();
    running.set(sequence);
    return true;
  }
}
