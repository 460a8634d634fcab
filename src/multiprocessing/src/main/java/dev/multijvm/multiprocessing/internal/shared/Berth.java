package dev.multijvm.multiprocessing.internal.shared;

import dev.multijvm.multiprocessing.internal.futex.Futex;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Where the threads of this process sleep until a certain word in shared memory changes.
///
/// One of them sleeps in the kernel; the others park, and are told when the word changed or when it
/// is their turn to sleep. So ten thousand virtual threads need one sleeper, and a wake-up for this
/// process reaches all of them.
///
/// Sleeping is a futex where this JVM may use it; otherwise, and for the short sleeps beside
/// processes that cannot wake us, it is looking again after a pause, which grows with the time
/// slept so far.
public final class Berth {

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SharedFile file;
  private final long offset;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();

  /// Whether a thread sleeps in the kernel now; under `lock`.
  private boolean occupied;

  /// How often [#tellAll] was called; under `lock`.
  private int told;

  /// @param offset of the word in `file`, a multiple of 4
  public Berth(SharedFile file, long offset) {
    this.file = file;
    this.offset = offset;
  }

  SharedFile file() {
    return file;
  }

  /// Ends the sleep of the threads of up to `count` processes.
  public void wake(int count) {
    if (Futex.isAvailable()) {
      Futex.wake(file.segment(), offset, count);
    }
  }

  /// Sleeps until the word no longer holds `expected`, at most `nanos`; may return early, and does
  /// so after [Waiting#CHECK_NANOS] when this is the thread in the kernel.
  ///
  /// @throws InterruptedException if the thread is interrupted; the one in the kernel notices at
  ///   the end of its sleep
  /// @throws IllegalStateException if the file is closed
  void sleep(int expected, long nanos) throws InterruptedException {
    if (!awaitTurn(expected, nanos)) {
      return;
    }
    try {
      sleepAlone(expected, Math.clamp(nanos, 1, Waiting.CHECK_NANOS));
    } finally {
      leave();
    }
    file.requireOpen();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /// Parks while another thread of this process sleeps in the kernel.
  ///
  /// @return whether this thread shall do so now, rather than look again
  private boolean awaitTurn(int expected, long nanos) throws InterruptedException {
    var mine = false;
    lock.lockInterruptibly();
    try {
      var before = told;
      file.markSlept();
      for (var rest = nanos; rest > 0; rest = left.awaitNanos(rest)) {
        file.requireOpen();
        if (word() != expected || told != before) {
          return false;
        }
        if (!occupied) {
          occupied = true;
          mine = true;
          return true;
        }
      }
      return false;
    } finally {
      if (!mine) {
        left.signal(); // It may be this thread that was told, and it does not take its turn.
      }
      lock.unlock();
    }
  }

  /// Tells one of those who park. If the word has changed, or its time is over, it tells the next.
  private void leave() {
    lock.lock();
    try {
      occupied = false;
      left.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Lets all threads of this process that park here look again, because one of them found what no
  /// change of the word tells. Otherwise each would find it at the end of its own turn to sleep.
  public void tellAll() {
    lock.lock();
    try {
      told++;
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sleepAlone(int expected, long nanos) throws InterruptedException {
    if (Futex.isAvailable() && file.canAllWake()) {
      Futex.await(file.segment(), offset, expected, nanos);
      return;
    }
    var start = System.nanoTime();
    for (var slept = 0L; slept < nanos; slept = System.nanoTime() - start) {
      if (word() != expected || file.isClosed() || Thread.currentThread().isInterrupted()) {
        return;
      }
      var pause = Math.clamp(slept / 8, SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
      pause(expected, Math.min(pause, nanos - slept));
    }
  }

  private void pause(int expected, long nanos) throws InterruptedException {
    if (Futex.isAvailable()) {
      Futex.await(file.segment(), offset, expected, nanos);
    } else {
      LockSupport.parkNanos(nanos);
    }
  }

  /// Pairs with whatever changes the word before it wakes us.
  private int word() {
    return (int) Words.INT.getVolatile(file.segment(), offset);
  }
}
