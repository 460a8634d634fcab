package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.TaskOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// `invokeAll` and `invokeAny`, as [java.util.concurrent.ExecutorService] has them.
public final class Invocations {
  private Invocations() {}

  public static <T> List<Future<T>> all(
      Dispatcher dispatcher, Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return all(dispatcher, tasks, Long.MAX_VALUE);
  }

  /// Waits for all, or cancels those that are not done after `timeoutNanos`.
  public static <T> List<Future<T>> all(
      Dispatcher dispatcher, Collection<? extends Callable<T>> tasks, long timeoutNanos)
      throws InterruptedException {
    long start = System.nanoTime();
    long nanos = Math.max(0, timeoutNanos);
    var futures = new ArrayList<Submission<T>>(tasks.size());
    boolean finished = false;
    try {
      for (var task : tasks) {
        futures.add(Submission.of(dispatcher, task, TaskOptions.defaults()));
      }
      for (var future : futures) {
        await(future, nanos - (System.nanoTime() - start));
      }
      finished = true;
    } catch (TimeoutException _) {
      // What is done is done; the rest is cancelled below.
    } finally {
      if (!finished) {
        cancelAll(futures);
      }
    }
    return List.copyOf(futures);
  }

  private static void await(Future<?> future, long leftNanos)
      throws InterruptedException, TimeoutException {
    try {
      future.get(leftNanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException _) {
      // The caller finds it in the future.
    }
  }

  private static void cancelAll(List<? extends Future<?>> futures) {
    for (var future : futures) {
      future.cancel(true);
    }
  }

  public static <T> T any(Dispatcher dispatcher, Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try {
      return any(dispatcher, tasks, Long.MAX_VALUE);
    } catch (TimeoutException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The result of the first task that succeeds; the others are cancelled.
  public static <T> T any(
      Dispatcher dispatcher, Collection<? extends Callable<T>> tasks, long timeoutNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("tasks must not be empty");
    }
    long start = System.nanoTime();
    var futures = new ArrayList<Submission<T>>(tasks.size());
    try {
      for (var task : tasks) {
        var future = Submission.<T>of(dispatcher, task, TaskOptions.defaults());
        futures.add(future);
        future.wakes(Thread.currentThread());
      }
      return firstSuccess(new ArrayList<>(futures), start, Math.max(0, timeoutNanos));
    } finally {
      cancelAll(futures);
    }
  }

  private static <T> T firstSuccess(List<Submission<T>> waiting, long start, long timeoutNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    var last = new ExecutionException("no task", null);
    while (!waiting.isEmpty()) {
      var done = takeDone(waiting);
      if (done == null) {
        park(waiting, timeoutNanos - (System.nanoTime() - start));
      } else {
        try {
          return done.get();
        } catch (ExecutionException problem) {
          last = problem;
        } catch (CancellationException problem) {
          last = new ExecutionException(problem);
        }
      }
    }
    throw last;
  }

  /// Takes one that is done out of `waiting`; null if none is.
  private static <T> @Nullable Submission<T> takeDone(List<Submission<T>> waiting) {
    for (var each = waiting.iterator(); each.hasNext(); ) {
      var future = each.next();
      if (future.isDone()) {
        each.remove();
        return future;
      }
    }
    return null;
  }

  /// Waits until one of those that wake this thread is done, or for no reason.
  private static void park(Object blocker, long leftNanos)
      throws InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (leftNanos <= 0) {
      throw new TimeoutException("no task succeeded in time");
    }
    LockSupport.parkNanos(blocker, leftNanos);
  }
}
