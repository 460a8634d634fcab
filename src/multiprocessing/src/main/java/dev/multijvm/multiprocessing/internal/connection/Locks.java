package dev.multijvm.multiprocessing.internal.connection;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// Takes the lock of one direction of a connection, in the exceptions of a connection.
final class Locks {
  private Locks() {}

  static void acquire(Lock lock) throws InterruptedIOException {
    if (!acquire(lock, Deadline.NEVER)) {
      throw new AssertionError("an endless wait has ended");
    }
  }

  /// Takes the lock unless the deadline passes before.
  static boolean acquire(Lock lock, Deadline deadline) throws InterruptedIOException {
    try {
      return lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /// The interrupt as an exception of a connection; the thread keeps its status.
  static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    var interrupted = new InterruptedIOException("interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }
}
