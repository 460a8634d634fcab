package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.PoolDescription;
import dev.multijvm.multiprocessing.PoolInsights;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.Transport;
import dev.multijvm.multiprocessing.WorkerInfo;
import dev.multijvm.multiprocessing.WorkerLostException;
import dev.multijvm.multiprocessing.internal.insight.Insights;
import dev.multijvm.multiprocessing.internal.ring.Spin;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter.Lambdas;
import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The heart of a pool: decides which worker gets which task, and what becomes of the tasks of a
/// worker that died.
///
/// One lock guards what is waiting, who is alive and what each worker has. It is held for short
/// steps only: never while user code runs, a value is encoded or decoded, a future completes or a
/// bell rings.
///
/// A task goes to a worker that has none. Only while tasks are [short][#SHORT_NANOS] does a busy
/// worker get more than one, so that it need not ask for each; and as soon as another worker has
/// nothing to do, those that have not started are taken back for it. So a task never waits while a
/// worker is idle.
public final class Dispatcher {
  private enum Phase {
    OPEN,
    /// Takes no more tasks and runs those it has.
    DRAINING,
    /// Runs no more tasks.
    STOPPING,
    TERMINATED
  }

  /// Why a worker is killed for the sake of its task.
  private enum Kill {
    TIMEOUT,
    GRACE_OVER
  }

  /// Tasks that take less than this on average are sent ahead.
  private static final long SHORT_NANOS = 1_000_000;

  /// So much work is sent ahead.
  private static final long AHEAD_NANOS = 2_000_000;

  /// So many workers in a row that do not come to life break the pool.
  private static final int FAILED_STARTS_ALLOWED = 3;

  private final PoolOptions options;
  private final ValueReader reader;
  private final Insights insights = new Insights();
  private final TaskEncoder encoder;
  private final Executor callbackExecutor;
  private final WorkerStarter starter;
  private final ScheduledThreadPoolExecutor clock;
  private final Transport transport;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition ended = lock.newCondition();

  // Guarded by the lock.
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private Phase phase = Phase.OPEN;
  private int startedWorkers;
  private int failedStarts;
  private @Nullable Throwable broken;
  private boolean isEnding;

  /// The mean run time of a task as of late; far beyond what is short until the first has run.
  private volatile double meanNanos = Double.MAX_VALUE;

  /// How many workers have a task: a hint to who would spin. Written with the lock.
  private volatile int busyWorkers;

  public Dispatcher(PoolOptions options) {
    this.options = options;
    var filter = options.serialFilter();
    reader =
        new ValueReader(
            Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassLoader.getSystemClassLoader()),
            filter == null ? null : ObjectInputFilter.Config.createFilter(filter));
    encoder = new TaskEncoder(isFiltered() ? Lambdas.SERIALIZED : Lambdas.BY_NUMBER, insights);
    callbackExecutor =
        Objects.requireNonNullElse(options.callbackExecutor(), Thread::startVirtualThread);
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("multijvm clock").factory());
    // Once it is shut down all workers have ended, and nothing is left to be done later.
    clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(1, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    starter = new WorkerStarter(options);
    transport = openWorkers();
  }

  /// Whether something decides which classes may be deserialized: it must see those of lambdas too.
  private boolean isFiltered() {
    return options.serialFilter() != null || ObjectInputFilter.Config.getSerialFilter() != null;
  }

  private Transport openWorkers() {
    lock.lock();
    try {
      for (int i = 0; i < options.workers(); i++) {
        start();
      }
      return workers.getFirst().channel().transport();
    } catch (MultiprocessingException problem) {
      broken = problem;
      phase = Phase.STOPPING;
      workers.forEach(worker -> worker.process().kill());
      throw problem;
    } finally {
      unlock();
      terminateIfEmpty();
    }
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

  /// Runs `action` on the callback executor or, if that refuses, on a thread of its own: a future
  /// completes even when its owner has shut the executor down.
  void callBack(Runnable action) {
    try {
      callbackExecutor.execute(action);
    } catch (RejectedExecutionException _) {
      Thread.startVirtualThread(action);
    }
  }

  // Submitting

  void submit(Task task) {
    lock.lock();
    try {
      awaitRoom();
      waiting.add(task);
      assign();
    } finally {
      unlock();
    }
  }

  /// Submits all or, if the pool does not take them any more, some of them.
  void submitAll(List<Task> tasks) {
    lock.lock();
    try {
      for (var task : tasks) {
        awaitRoom();
        waiting.add(task);
        if (waiting.size() >= options.queueCapacity()) {
          assign();
        }
      }
      assign();
    } finally {
      unlock();
    }
  }

  private void awaitRoom() {
    if (waiting.size() >= options.queueCapacity()) {
      // Only a worker that was shown what it was sent will make room.
      unlock();
      lock.lock();
    }
    requireOpen();
    while (waiting.size() >= options.queueCapacity()) {
      try {
        room.await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new RejectedExecutionException("interrupted while waiting for room", interrupted);
      }
      requireOpen();
    }
  }

  private void requireOpen() {
    if (broken != null) {
      throw new RejectedExecutionException("the pool is broken", broken);
    }
    if (phase != Phase.OPEN) {
      throw new RejectedExecutionException("the pool is shut down");
    }
  }

  /// Releases the lock, then wakes the workers that sleep and were sent something.
  private void unlock() {
    List<Worker> sleeping = List.of();
    if (lock.getHoldCount() == 1) {
      int busy = 0;
      for (int i = 0; i < workers.size(); i++) {
        var worker = workers.get(i);
        busy += worker.isIdle() ? 0 : 1;
        if (worker.publish()) {
          sleeping = with(sleeping, worker);
        }
      }
      if (busy != busyWorkers) {
        busyWorkers = busy;
      }
    }
    lock.unlock();
    for (int i = 0; i < sleeping.size(); i++) {
      sleeping.get(i).channel().ring();
    }
  }

  private static List<Worker> with(List<Worker> some, Worker one) {
    var list = some.isEmpty() ? new ArrayList<Worker>(2) : some;
    list.add(one);
    return list;
  }

  /// Sends what waits to those who can take it. With the lock.
  private void assign() {
    boolean more = true;
    while (more) {
      while (!waiting.isEmpty() && assignNext()) {
        room.signal();
      }
      more = waiting.isEmpty() && takeBackForIdleWorker();
    }
    endIfDrained();
  }

  /// Sends or drops the task that waits longest.
  ///
  /// @return false if it must go on waiting
  private boolean assignNext() {
    var task = waiting.element();
    if (task.isWanted()) {
      var worker = workerFor(task);
      if (worker == null || !worker.send(task)) {
        return false;
      }
      task.startsLeft--;
      armTimeouts(task, worker);
    }
    waiting.remove();
    return true;
  }

  private @Nullable Worker workerFor(Task task) {
    Worker best = null;
    int limit = ahead();
    for (int i = 0; i < workers.size(); i++) {
      var worker = workers.get(i);
      if (worker.isIdle() && worker.phase == Worker.Phase.READY) {
        return worker;
      }
      if (!task.hasTimeout() && mayGetMore(worker, limit) && isBetter(worker, best)) {
        best = worker;
      }
    }
    return best;
  }

  private static boolean mayGetMore(Worker worker, int limit) {
    return worker.isIdle() ? worker.takesTasks() : worker.takesMore(limit);
  }

  private static boolean isBetter(Worker worker, @Nullable Worker best) {
    return best == null || worker.load() < best.load();
  }

  /// The most tasks that one worker may have.
  private int ahead() {
    return meanNanos < SHORT_NANOS
        ? (int) Math.min(InFlight.CAPACITY, Math.max(2, AHEAD_NANOS / meanNanos))
        : 1;
  }

  /// While one worker has nothing to do and another has a task that it has not started, takes half
  /// of those back.
  private boolean takeBackForIdleWorker() {
    Worker busiest = null;
    boolean isOneIdle = false;
    for (int i = 0; i < workers.size(); i++) {
      var worker = workers.get(i);
      if (worker.isIdle()) {
        isOneIdle |= worker.phase == Worker.Phase.READY;
      } else if (busiest == null || worker.load() > busiest.load()) {
        busiest = worker;
      }
    }
    if (!isOneIdle || busiest == null) {
      return false;
    }
    boolean mayBeUnstarted = busiest.load() > 1 || busiest.phase == Worker.Phase.STARTING;
    return mayBeUnstarted && takeBack(busiest, (busiest.load() + 1) / 2);
  }

  private boolean takeBack(Worker worker, int most) {
    var tasks = worker.withdraw(most);
    for (var task : tasks) {
      task.startsLeft++;
      waiting.addFirst(task);
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
      after(soft, () -> interruptIfRunning(task, worker, sequence));
    }
    var hard = task.options.hardTimeout();
    if (hard != null) {
      after(hard, () -> killIfRunning(task, worker, sequence, Kill.TIMEOUT));
    }
  }

  private void after(Duration delay, Runnable action) {
    var _ = clock.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void interruptIfRunning(Task task, Worker worker, long sequence) {
    lock.lock();
    try {
      if (worker.runs(task, sequence)) {
        worker.interrupt(task);
      }
    } finally {
      unlock();
    }
  }

  /// Kills the worker if it still runs `task`, and spares what it has not started.
  private void killIfRunning(Task task, Worker worker, long sequence, Kill why) {
    lock.lock();
    try {
      if (worker.runs(task, sequence)) {
        if (worker.takesTasks()) {
          worker.phase = Worker.Phase.RETIRING;
        }
        takeBack(worker, Integer.MAX_VALUE);
        // Only now can no other task have started behind it.
        if (worker.runs(task, sequence)) {
          task.startsLeft = 0;
          task.timedOut = why == Kill.TIMEOUT;
          worker.process().kill();
        }
        fill();
        assign();
      }
    } finally {
      unlock();
    }
  }

  /// The owner of `task` does not want it any more.
  void cancel(Task task, boolean mayInterrupt) {
    lock.lock();
    try {
      var worker = task.worker;
      if (worker == null) {
        if (waiting.remove(task)) {
          room.signal();
        }
      } else if (!worker.runs(task, task.sequence) || worker.withdraw(task)) {
        // It has ended, or will never start.
      } else if (mayInterrupt) {
        interruptThenKill(task, worker);
      }
      assign();
    } finally {
      unlock();
    }
  }

  /// The owner of `whole` does not want its parts any more.
  void cancelAll(Object whole) {
    lock.lock();
    try {
      waiting.removeIf(task -> task.belongsTo(whole));
      room.signalAll();
      for (var worker : workers) {
        for (var task : worker.tasks()) {
          if (task.belongsTo(whole) && worker.runs(task, task.sequence) && !worker.withdraw(task)) {
            interruptThenKill(task, worker);
          }
        }
      }
      assign();
    } finally {
      unlock();
    }
  }

  private void interruptThenKill(Task task, Worker worker) {
    long sequence = task.sequence;
    worker.interrupt(task);
    after(options.cancelGrace(), () -> killIfRunning(task, worker, sequence, Kill.GRACE_OVER));
  }

  /// Nobody will refer to `function` any more.
  void forget(Definition function) {
    lock.lock();
    try {
      for (var worker : workers) {
        worker.forget(function);
      }
    } finally {
      unlock();
    }
  }

  // What workers say

  void ready(Worker worker, byte status, Decoder body) {
    worker.removeFile();
    if (status != Message.RETURNED) {
      breakPool(
          new MultiprocessingException(
              "the initializer failed in a worker", Throwables.read(body, reader)));
      return;
    }
    insights.ready(worker.number, worker.process().pid(), worker.process().manner(), worker.age());
    lock.lock();
    try {
      failedStarts = 0;
      worker.cameToLife = true;
      if (worker.phase == Worker.Phase.STARTING) {
        worker.phase = Worker.Phase.READY;
      }
      assign();
    } finally {
      unlock();
    }
  }

  /// A worker that had no room for a task has some.
  void hasRoom() {
    lock.lock();
    try {
      assign();
    } finally {
      unlock();
    }
  }

  /// `worker` has finished `count` tasks, which ran for `runNanos` together.
  void finished(Worker worker, int count, long runNanos, boolean mustRetire) {
    if (count == 0) {
      return;
    }
    lock.lock();
    try {
      worker.finished(count, mustRetire);
      remember((double) runNanos / count, count);
      if (worker.phase == Worker.Phase.RETIRING && worker.isIdle()) {
        end(worker);
      }
      assign();
    } finally {
      unlock();
    }
  }

  private void remember(double nanos, int count) {
    double weight = Math.min(0.5, count / 8.0);
    meanNanos = meanNanos == Double.MAX_VALUE ? nanos : meanNanos + weight * (nanos - meanNanos);
  }

  /// Looks for the result of `submission` for about as long as it would take to be woken, if that
  /// is likely to be enough.
  void lookFor(Submission<?> submission, Task task) {
    var worker = task.worker;
    if (worker != null && meanNanos < Spin.WAKE_UP_NANOS) {
      worker.channel().drainFor(submission, Spin.WAKE_UP_NANOS);
    }
  }

  // Life and death of workers

  /// Has workers started until there are as many as there should be. With the lock.
  private void fill() {
    if (missing() > 0 && !clock.isShutdown()) {
      clock.execute(this::startMissing);
    }
  }

  private long missing() {
    if (broken != null) {
      return 0;
    }
    int wanted =
        switch (phase) {
          case OPEN -> options.workers();
          case DRAINING -> Math.min(options.workers(), waiting.size());
          case STOPPING, TERMINATED -> 0;
        };
    return wanted - workers.stream().filter(Worker::takesTasks).count();
  }

  private void startMissing() {
    lock.lock();
    try {
      while (missing() > 0) {
        start();
      }
      assign();
    } catch (MultiprocessingException problem) {
      broken = problem;
    } finally {
      unlock();
    }
    failWaitingIfBroken();
    terminateIfEmpty();
  }

  /// Starts a worker. With the lock.
  private void start() {
    var worker = starter.start(this, ++startedWorkers);
    workers.add(worker);
    insights.started(worker.process().manner());
    worker.process().listen(worker.channel()::drain, () -> silenced(worker), () -> judge(worker));
    after(options.initializerTimeout(), () -> killIfStarting(worker));
  }

  private void killIfStarting(Worker worker) {
    lock.lock();
    try {
      if (!worker.cameToLife) {
        worker.process().kill();
      }
    } finally {
      unlock();
    }
  }

  /// Tells `worker` to end and makes sure of it. With the lock.
  private void end(Worker worker) {
    worker.end();
    after(options.exitTimeout(), worker.process()::kill);
    fill();
  }

  /// `worker` lives but has closed one of its streams, so it cannot be heard: it may finish what it
  /// has started, and another takes its place.
  private void silenced(Worker worker) {
    lock.lock();
    try {
      switch (worker.phase) {
        case STARTING -> worker.process().kill();
        case READY, RETIRING -> {
          worker.phase = Worker.Phase.RETIRING;
          takeBack(worker, Integer.MAX_VALUE);
          if (worker.isIdle()) {
            end(worker);
          }
          fill();
          assign();
        }
        case ENDING, DEAD -> {}
      }
    } finally {
      unlock();
    }
  }

  /// The link of `worker` has ended, so its process is about to, or must.
  void expectEnd(Worker worker) {
    after(WorkerProcess.TIME_TO_END, worker.process()::kill);
  }

  /// The process of `worker` has ended: whatever it still sent counts, then its tasks are judged.
  private void judge(Worker worker) {
    worker.awaitLastResults();
    var death = worker.process().lost();
    var lost = new ArrayList<Task>(worker.halfDone());
    boolean isTerminating;
    boolean wasToldToEnd;
    lock.lock();
    try {
      isTerminating = phase == Phase.STOPPING;
      wasToldToEnd = isTerminating || worker.phase == Worker.Phase.ENDING;
      for (var task : worker.tasks()) {
        boolean hadStarted = worker.hadStarted(task);
        if (!hadStarted) {
          task.startsLeft++;
        }
        if (task.startsLeft > 0 && phase != Phase.STOPPING) {
          task.worker = null;
          waiting.addFirst(task);
        } else {
          lost.add(task);
        }
      }
      worker.phase = Worker.Phase.DEAD;
      workers.remove(worker);
      if (!worker.cameToLife && ++failedStarts >= FAILED_STARTS_ALLOWED) {
        broken = death;
      }
      fill();
      assign();
    } finally {
      unlock();
    }
    worker.bury();
    if (!wasToldToEnd) {
      insights.lost(
          worker.number, worker.process().pid(), String.valueOf(death.getMessage()), lost.size());
    }
    for (var task : lost) {
      task.failed(isTerminating ? terminated() : reason(task, death));
    }
    failWaitingIfBroken();
    terminateIfEmpty();
  }

  private static Throwable reason(Task task, WorkerLostException death) {
    return task.timedOut
        ? new TimeoutException("the task ran longer than " + task.options.hardTimeout())
        : death;
  }

  private void breakPool(Throwable cause) {
    lock.lock();
    try {
      broken = cause;
      workers.forEach(worker -> worker.process().kill());
    } finally {
      unlock();
    }
    failWaitingIfBroken();
  }

  private void failWaitingIfBroken() {
    var failed = new ArrayList<Task>();
    Throwable cause;
    lock.lock();
    try {
      cause = broken;
      if (cause != null) {
        failed.addAll(waiting);
        waiting.clear();
        room.signalAll();
      }
    } finally {
      unlock();
    }
    for (var task : failed) {
      task.failed(new MultiprocessingException("the pool is broken", cause));
    }
  }

  // Ending

  public void shutdown() {
    lock.lock();
    try {
      closeDoor();
      assign();
    } finally {
      unlock();
    }
    terminateIfEmpty();
  }

  private void closeDoor() {
    if (phase == Phase.OPEN) {
      phase = Phase.DRAINING;
    }
    room.signalAll();
  }

  /// Ends the workers that have nothing more to do. With the lock.
  private void endIfDrained() {
    if (phase == Phase.OPEN || !waiting.isEmpty()) {
      return;
    }
    for (var worker : List.copyOf(workers)) {
      boolean isToldAlready = worker.phase == Worker.Phase.ENDING;
      if (worker.isIdle() && !isToldAlready) {
        end(worker);
      }
    }
  }

  public List<Runnable> shutdownNow() {
    var neverStarted = new ArrayList<Runnable>();
    lock.lock();
    try {
      closeDoor();
      for (var worker : workers) {
        takeBack(worker, Integer.MAX_VALUE);
      }
      for (var task : waiting) {
        neverStarted.add(task.asRunnable());
      }
      waiting.clear();
      for (var worker : workers) {
        worker.tasks().forEach(task -> interruptThenKill(task, worker));
      }
      assign();
    } finally {
      unlock();
    }
    terminateIfEmpty();
    return neverStarted;
  }

  public void terminate(Duration grace) {
    var cancelled = new ArrayList<Task>();
    lock.lock();
    try {
      if (phase != Phase.TERMINATED) {
        phase = Phase.STOPPING;
      }
      room.signalAll();
      cancelled.addAll(waiting);
      waiting.clear();
      for (var worker : workers) {
        endAtOnce(worker.process(), grace);
      }
    } finally {
      unlock();
    }
    for (var task : cancelled) {
      task.failed(terminated());
    }
    terminateIfEmpty();
    awaitTerminationUninterruptibly();
  }

  private static CancellationException terminated() {
    return new CancellationException("the pool was terminated");
  }

  private void endAtOnce(WorkerProcess process, Duration grace) {
    if (grace.isZero()) {
      process.kill();
    } else {
      process.terminate();
      after(grace, process::kill);
    }
  }

  private void awaitTerminationUninterruptibly() {
    boolean interrupted = false;
    while (!isTerminated()) {
      try {
        awaitTermination(TimeUnit.SECONDS.toNanos(1));
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Releases what the pool holds once its last worker has gone.
  private void terminateIfEmpty() {
    lock.lock();
    try {
      boolean isOver = phase != Phase.OPEN && workers.isEmpty() && waiting.isEmpty();
      if (!isOver || phase == Phase.TERMINATED || isEnding) {
        return;
      }
      isEnding = true;
    } finally {
      unlock();
    }
    clock.shutdownNow();
    starter.close();
    lock.lock();
    try {
      phase = Phase.TERMINATED;
      ended.signalAll();
    } finally {
      unlock();
    }
  }

  public boolean isShutdown() {
    lock.lock();
    try {
      return phase != Phase.OPEN;
    } finally {
      lock.unlock();
    }
  }

  public boolean isTerminated() {
    lock.lock();
    try {
      return phase == Phase.TERMINATED;
    } finally {
      lock.unlock();
    }
  }

  public boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = timeoutNanos;
      while (phase != Phase.TERMINATED) {
        if (left <= 0) {
          return false;
        }
        left = ended.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  // Asking

  public List<WorkerInfo> workers() {
    lock.lock();
    try {
      return workers.stream().map(Worker::info).toList();
    } finally {
      lock.unlock();
    }
  }

  OptionalLong pidOf(Task task) {
    var worker = task.worker;
    return worker == null ? OptionalLong.empty() : OptionalLong.of(worker.process().pid());
  }

  public PoolInsights insights() {
    return insights.soFar(options.workers(), transport, options.startMethod());
  }

  public PoolDescription description() {
    return new PoolDescription(
        options.workers(),
        transport,
        options.startMethod(),
        options.startMethod() == StartMethod.WARM ? starter.spares() : 0,
        starter.sizing());
  }

  @Override
  public String toString() {
    lock.lock();
    try {
      return "["
          + phase
          + ", "
          + workers.size()
          + " workers, "
          + waiting.size()
          + " tasks waiting]";
    } finally {
      lock.unlock();
    }
  }
}
