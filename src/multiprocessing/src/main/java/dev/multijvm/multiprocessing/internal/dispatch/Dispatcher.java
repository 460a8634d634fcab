package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.internal.insight.Insights;
import dev.multijvm.multiprocessing.internal.ring.Spin;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter.Lambdas;
import java.io.ObjectInputFilter;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The heart of a pool: brings the tasks that wait together with the workers that can take them.
///
/// One lock, the pool's, guards what waits ([Backlog]), who is alive and what each of them has
/// ([Crew], [Worker]), and how far the pool is ([PoolState]). It is held for short steps only:
/// never while user code runs, a value is encoded or decoded, a future completes or a bell rings.
///
/// A task goes to a worker that has none. Only while tasks are [short][Pace] does a busy worker get
/// more than one, so that it need not ask for each; and as soon as another worker has nothing to
/// do, those that have not started are taken back for it. So a task never waits while a worker is
/// idle.
///
/// Where workers come from, and what becomes of the tasks of one that died, is [Lifecycle]'s.
public final class Dispatcher {
  /// Why a worker is killed for the sake of its task.
  private enum Kill {
    TIMEOUT,
    GRACE_OVER
  }

  private final PoolOptions options;
  private final ValueReader reader;
  private final Insights insights = new Insights();
  private final TaskEncoder encoder;
  private final Executor callbackExecutor;
  private final PoolState state;
  private final Backlog backlog;
  private final Crew crew;
  private final PoolClock clock;
  private final Runnable settled;
  private final Pace pace = new Pace();

  /// @param settled to be run after [PoolState#settle()], when a future is complete
  Dispatcher(
      PoolOptions options,
      PoolState state,
      Backlog backlog,
      Crew crew,
      PoolClock clock,
      Runnable settled) {
    this.options = options;
    this.state = state;
    this.backlog = backlog;
    this.crew = crew;
    this.clock = clock;
    this.settled = settled;
    var filter = options.serialFilter();
    reader =
        new ValueReader(
            Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassLoader.getSystemClassLoader()),
            filter == null ? null : ObjectInputFilter.Config.createFilter(filter));
    encoder = new TaskEncoder(isFiltered() ? Lambdas.SERIALIZED : Lambdas.BY_NUMBER, insights);
    callbackExecutor =
        Objects.requireNonNullElse(options.callbackExecutor(), Thread::startVirtualThread);
  }

  /// Whether something decides which classes may be deserialized: it must see those of lambdas too.
  private boolean isFiltered() {
    return options.serialFilter() != null || ObjectInputFilter.Config.getSerialFilter() != null;
  }

  PoolOptions options() {
    return options;
  }

  ValueReader reader() {
    return reader;
  }

  Insights notes() {
    return insights;
  }

  TaskEncoder encoder() {
    return encoder;
  }

  Executor callbackExecutor() {
    return callbackExecutor;
  }

  /// A future is to be completed by a thread that the pool does not know; [#endCompletion()] must
  /// follow.
  void beginCompletion() {
    crew.lock();
    try {
      state.settle();
    } finally {
      crew.unlock();
    }
  }

  void endCompletion() {
    settled.run();
  }

  /// Runs `action` on the callback executor or, if that refuses or fails, on a thread of its own.
  void callBack(Runnable action) {
    try {
      callbackExecutor.execute(action);
    } catch (RuntimeException | Error _) {
      Thread.startVirtualThread(action);
    }
  }

  // Submitting

  /// Submits `task`, once there is room for it.
  ///
  /// @throws RejectedExecutionException if the pool takes no tasks, or the caller is interrupted
  void submit(Task task) {
    try {
      var _ = submit(task, Long.MAX_VALUE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("interrupted while waiting for room", interrupted);
    }
  }

  /// Submits `task` if there is room for it within `timeoutNanos`.
  ///
  /// @return whether there was
  /// @throws RejectedExecutionException if the pool takes no tasks
  boolean submit(Task task, long timeoutNanos) throws InterruptedException {
    crew.lock();
    try {
      boolean hasRoom = awaitRoom(timeoutNanos);
      if (hasRoom) {
        backlog.add(task);
        assign();
      }
      return hasRoom;
    } finally {
      crew.unlock();
    }
  }

  /// Submits all or, if the pool does not take them any more or the caller is interrupted, some of
  /// them.
  void submitAll(List<Task> tasks) throws InterruptedException {
    crew.lock();
    try {
      for (var task : tasks) {
        var _ = awaitRoom(Long.MAX_VALUE);
        backlog.add(task);
        if (backlog.isFull()) {
          assign();
        }
      }
      assign();
    } finally {
      crew.unlock();
    }
  }

  private boolean awaitRoom(long timeoutNanos) throws InterruptedException {
    if (backlog.isFull()) {
      // Only a worker that was shown what it was sent will make room.
      crew.unlock();
      crew.lock();
    }
    return backlog.awaitRoom(timeoutNanos);
  }

  /// Sends what waits to those who can take it. With the lock.
  void assign() {
    boolean more = true;
    while (more) {
      while (!backlog.isEmpty() && assignFirst()) {
        backlog.removeFirst();
      }
      more = backlog.isEmpty() && takeBackForIdleWorker();
    }
    if (!state.isOpen() && backlog.isEmpty()) {
      crew.endIdle();
    }
  }

  /// Sends the task that waits longest, unless nobody wants it any more.
  ///
  /// @return false if it must go on waiting
  private boolean assignFirst() {
    var task = backlog.first();
    if (!task.isWanted()) {
      return true;
    }
    var worker = crew.workerFor(task, pace.ahead());
    if (worker == null || !worker.send(task)) {
      return false;
    }
    task.startsLeft--;
    armTimeouts(task, worker);
    return true;
  }

  /// While one worker has nothing to do and another has a task that it has not started, takes half
  /// of those back.
  private boolean takeBackForIdleWorker() {
    var busiest = crew.busiestBesideAnIdleOne();
    return busiest != null && takeBack(busiest, (busiest.load() + 1) / 2);
  }

  /// Takes back all that `worker` has not started. With the lock.
  void takeBackAll(Worker worker) {
    takeBack(worker, Integer.MAX_VALUE);
  }

  private boolean takeBack(Worker worker, int most) {
    var tasks = worker.withdraw(most);
    for (var task : tasks) {
      task.startsLeft++;
      backlog.putBack(task);
    }
    return !tasks.isEmpty();
  }

  // Cancelling and timing out

  private void armTimeouts(Task task, Worker worker) {
    if (!task.hasTimeout()) {
      return;
    }
    long sequence = task.sequence;
    var soft = task.options.softTimeout();
    if (soft != null) {
      worker.taskAlarms.add(clock.alarm(soft, () -> interruptIfRunning(task, worker, sequence)));
    }
    var hard = task.options.hardTimeout();
    if (hard != null) {
      worker.taskAlarms.add(
          clock.alarm(hard, () -> killIfRunning(task, worker, sequence, Kill.TIMEOUT)));
    }
  }

  private void interruptIfRunning(Task task, Worker worker, long sequence) {
    crew.lock();
    try {
      if (worker.runs(task, sequence)) {
        worker.interrupt(task);
      }
    } finally {
      crew.unlock();
    }
  }

  /// Kills the worker if it still runs `task`, and spares what it has not started.
  private void killIfRunning(Task task, Worker worker, long sequence, Kill why) {
    crew.lock();
    try {
      if (worker.runs(task, sequence)) {
        worker.retire();
        takeBackAll(worker);
        // Only now can no other task have started behind it.
        if (worker.runs(task, sequence)) {
          task.startsLeft = 0;
          task.timedOut = why == Kill.TIMEOUT;
          worker.process().kill();
        }
        endIfRetired(worker);
        crew.fill();
        assign();
      }
    } finally {
      crew.unlock();
    }
  }

  /// The owner of `task` does not want it any more.
  void cancel(Task task, boolean mayInterrupt) {
    crew.lock();
    try {
      var worker = task.worker;
      if (worker == null) {
        backlog.remove(task);
      } else if (!worker.runs(task, task.sequence) || worker.withdraw(task)) {
        // It has ended, or will never start.
      } else if (mayInterrupt) {
        interruptThenKill(task, worker);
      }
      task.empty();
      endIfRetired(worker);
      assign();
    } finally {
      crew.unlock();
    }
  }

  /// The owner of `whole` does not want its parts any more.
  void cancelAll(Object whole) {
    crew.lock();
    try {
      backlog.removeAllOf(whole);
      for (var worker : crew.workers()) {
        for (var task : worker.tasks()) {
          if (task.belongsTo(whole) && worker.runs(task, task.sequence) && !worker.withdraw(task)) {
            interruptThenKill(task, worker);
          }
        }
        endIfRetired(worker);
      }
      assign();
    } finally {
      crew.unlock();
    }
  }

  /// Interrupts `task` and, if that does not end it in time, kills its worker. With the lock.
  void interruptThenKill(Task task, Worker worker) {
    long sequence = task.sequence;
    worker.interrupt(task);
    worker.taskAlarms.add(
        clock.alarm(
            options.cancelGrace(), () -> killIfRunning(task, worker, sequence, Kill.GRACE_OVER)));
  }

  /// Nobody will refer to `function` any more.
  void forget(Definition function) {
    crew.lock();
    try {
      for (var worker : crew.workers()) {
        worker.forget(function);
      }
    } finally {
      crew.unlock();
    }
  }

  // Results

  /// A worker that had no room for a task has some.
  void hasRoom() {
    crew.lock();
    try {
      assign();
    } finally {
      crew.unlock();
    }
  }

  /// `worker` has finished `count` tasks, which ran for `runNanos` together; of those whose results
  /// come by the link [#ran] tells how long.
  void finished(Worker worker, int count, long runNanos) {
    if (count == 0) {
      return;
    }
    crew.lock();
    try {
      worker.finished(count);
      if (runNanos > 0) {
        pace.remember((double) runNanos / count, count);
      }
      endIfRetired(worker);
      assign();
    } finally {
      crew.unlock();
    }
  }

  /// A task whose result came by the link beside a ring has run for so long.
  void ran(long nanos) {
    crew.lock();
    try {
      pace.remember((double) nanos, 1);
    } finally {
      crew.unlock();
    }
  }

  /// Sends `worker` no more tasks and replaces it, because its memory ran out; others run what it
  /// has not started.
  void retire(Worker worker) {
    crew.lock();
    try {
      worker.retire();
      takeBackAll(worker);
      endIfRetired(worker);
      crew.fill();
      assign();
    } finally {
      crew.unlock();
    }
  }

  /// To be called when tasks of `worker` are done or taken away. With the lock.
  private void endIfRetired(@Nullable Worker worker) {
    if (worker != null && worker.retires() && worker.isIdle()) {
      crew.end(worker);
    }
  }

  /// Looks for the result of `submission` for about as long as it would take to be woken, if that
  /// is likely to be enough.
  void lookFor(Submission<?> submission, Task task) {
    var worker = task.worker;
    if (worker != null && pace.isWorthALook()) {
      worker.channel().drainFor(submission, Spin.WAKE_UP_NANOS);
    }
  }

  OptionalLong pidOf(Task task) {
    var worker = task.worker;
    return worker == null ? OptionalLong.empty() : OptionalLong.of(worker.process().pid());
  }
}
