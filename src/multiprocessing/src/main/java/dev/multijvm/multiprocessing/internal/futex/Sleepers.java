package dev.multijvm.multiprocessing.internal.futex;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Platform threads that sleep in the kernel for virtual ones.
///
/// A virtual thread in a downcall holds its carrier; a few of them would starve all others, also
/// the one that was to wake them. So it parks, and a thread from here sleeps in its place. There is
/// at most one sleeper for a word and process (see `Waiting`), so these threads are few; beyond
/// [#MOST] of them virtual threads look again every millisecond.
final class Sleepers {

  private static final int MOST = 64;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          MOST,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("multijvm-sleeper-", 1).factory());

  private Sleepers() {}

  /// As [Futex#await], for a virtual thread.
  ///
  /// @throws InterruptedException at once when the thread is interrupted; the sleeper in its place
  ///   sleeps on until it is woken or its time is over
  static void await(MemorySegment word, long offset, int expected, long timeoutNanos)
      throws InterruptedException {
    Future<?> sleep;
    try {
      sleep = THREADS.submit(() -> Futex.sleep(word, offset, expected, timeoutNanos));
    } catch (RejectedExecutionException | OutOfMemoryError _) { // no thread can be had
      LockSupport.parkNanos(Math.min(timeoutNanos, LOOK_AGAIN_NANOS));
      return;
    }
    try {
      sleep.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
