package dev.multijvm.multiprocessing.internal.dispatch;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far a pool is on its way from open to terminated, and what broke it. Guarded by the pool's
/// lock.
final class PoolState {
  enum Phase {
    OPEN,
    /// Takes no more tasks and runs those it has.
    DRAINING,
    /// Runs no more tasks.
    STOPPING,
    TERMINATED
  }

  private final Condition terminated;
  private Phase phase = Phase.OPEN;
  private @Nullable Throwable broken;
  private boolean isReleasing;

  /// Threads that still have futures to complete of tasks which neither wait nor have a worker.
  private int settling;

  PoolState(ReentrantLock lock) {
    terminated = lock.newCondition();
  }

  Phase phase() {
    return phase;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  /// Why no task can be run any more; null if they can.
  @Nullable Throwable broken() {
    return broken;
  }

  /// @throws RejectedExecutionException if no task may be submitted
  void requireOpen() {
    if (broken != null) {
      throw new RejectedExecutionException("the pool is broken", broken);
    }
    if (phase != Phase.OPEN) {
      throw new RejectedExecutionException("the pool is shut down");
    }
  }

  /// Only the first cause counts: others may follow from it.
  void breakBy(Throwable cause) {
    if (broken == null) {
      broken = cause;
    }
  }

  void drain() {
    if (phase == Phase.OPEN) {
      phase = Phase.DRAINING;
    }
  }

  void stop() {
    if (phase != Phase.TERMINATED) {
      phase = Phase.STOPPING;
    }
  }

  /// The caller has taken tasks away and is to complete their futures, then to call [#settled()].
  void settle() {
    settling++;
  }

  void settled() {
    settling--;
  }

  /// Whether the caller, and nobody else, is to release what the pool holds and then to call
  /// [#terminated()].
  ///
  /// @param isEmpty whether there is neither a worker nor a task
  boolean beginRelease(boolean isEmpty) {
    if (phase == Phase.OPEN
        || phase == Phase.TERMINATED
        || !isEmpty
        || settling > 0
        || isReleasing) {
      return false;
    }
    isReleasing = true;
    return true;
  }

  void terminated() {
    phase = Phase.TERMINATED;
    terminated.signalAll();
  }

  boolean isTerminated() {
    return phase == Phase.TERMINATED;
  }

  /// Waits for the end. Releases the lock meanwhile.
  ///
  /// @return false if `timeoutNanos` passed before
  boolean awaitTerminated(long timeoutNanos) throws InterruptedException {
    long left = timeoutNanos;
    while (phase != Phase.TERMINATED) {
      if (left <= 0) {
        return false;
      }
      left = terminated.awaitNanos(left);
    }
    return true;
  }
}
