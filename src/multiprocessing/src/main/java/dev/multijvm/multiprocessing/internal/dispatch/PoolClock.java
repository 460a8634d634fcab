package dev.multijvm.multiprocessing.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What a pool does later, or at once but not in the caller's thread. Its one thread is a daemon
/// and stays until the end: when a worker is to be replaced, there may be none to be had.
final class PoolClock {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("multijvm clock").factory());

  PoolClock() {
    // Once it is stopped all workers have ended, and nothing is left to be done later.
    executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
  }

  void after(Duration delay, Runnable action) {
    var _ = alarm(delay, action);
  }

  /// Does it later, unless the returned future is cancelled.
  Future<?> alarm(Duration delay, Runnable action) {
    // What is longer than nanoseconds can count never comes.
    return executor.schedule(action, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
  }

  void soon(Runnable action) {
    executor.execute(action);
  }

  /// Forgets all that was to be done.
  void stop() {
    executor.shutdownNow();
  }
}
