package dev.multijvm.multiprocessing.internal.dispatch;

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
        Submission<T> future = Submission.unsent(dispatcher, task);
        futures.add(future);
        // One for which there is no room in time is not done in time either.
        var _ = future.send(nanos - (System.nanoTime() - start));
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
    var race = new Race<T>(dispatcher, Math.max(0, timeoutNanos));
    try {
      return race.run(tasks);
    } finally {
      cancelAll(race.all);
    }
  }

  /// Tasks of which the first success is wanted.
  private static final class Race<T> {
    private final Dispatcher dispatcher;
    private final long start = System.nanoTime();
    private final long timeoutNanos;
    final List<Submission<T>> all = new ArrayList<>();
    private final List<Submission<T>> waiting = new ArrayList<>();
    private ExecutionException lastFailure = new ExecutionException("no task", null);

    Race(Dispatcher dispatcher, long timeoutNanos) {
      this.dispatcher = dispatcher;
      this.timeoutNanos = timeoutNanos;
    }

    T run(Collection<? extends Callable<T>> tasks)
        throws InterruptedException, ExecutionException, TimeoutException {
      for (var task : tasks) {
        Submission<T> next = Submission.unsent(dispatcher, task);
        all.add(next);
        next.wakes(Thread.currentThread());
        if (!next.send(0)) {
          // While there is no room, one may be done already.
          var winner = takeSuccess();
          if (winner != null) {
            return winner.get();
          }
          if (!next.send(left())) {
            throw late();
          }
        }
        waiting.add(next);
      }
      var winner = takeSuccess();
      while (winner == null && !waiting.isEmpty()) {
        park();
        winner = takeSuccess();
      }
      if (winner == null) {
        throw lastFailure;
      }
      return winner.get();
    }

    private long left() {
      return timeoutNanos - (System.nanoTime() - start);
    }

    private static TimeoutException late() {
      return new TimeoutException("no task succeeded in time");
    }

    /// Takes those that are done out of those that wait.
    ///
    /// @return the first of them that succeeded; null if none did
    private @Nullable Submission<T> takeSuccess() throws InterruptedException {
      for (var each = waiting.iterator(); each.hasNext(); ) {
        var future = each.next();
        if (future.isDone()) {
          each.remove();
          try {
            var _ = future.get();
            return future;
          } catch (ExecutionException problem) {
            lastFailure = problem;
          } catch (CancellationException problem) {
            lastFailure = new ExecutionException(problem);
          }
        }
      }
      return null;
    }

    /// Waits until one of those that wake this thread is done, or for no reason.
    private void park() throws InterruptedException, TimeoutException {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = left();
      if (left <= 0) {
        throw late();
      }
      LockSupport.parkNanos(this, left);
    }
  }
}
