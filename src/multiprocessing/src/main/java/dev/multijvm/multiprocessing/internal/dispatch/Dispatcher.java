package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.PoolDescription;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.Transport;
import dev.multijvm.multiprocessing.WorkerInfo;
import dev.multijvm.multiprocessing.WorkerLostException;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.MachineShare;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.worker.WorkerMain;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The heart of a pool: decides which worker gets which task, and what becomes of the tasks of a
/// worker that died.
///
/// One lock guards what is waiting, who is alive and what each worker has. It is held for short
/// steps only: never while user code runs, a value is encoded or decoded, or a future completes.
public final class Dispatcher {
  private enum Phase {
    OPEN,
    /// Takes no more tasks and runs those it has.
    DRAINING,
    /// Runs no more tasks.
    STOPPING,
    TERMINATED
  }

  /// So many workers in a row that do not come to life break the pool.
  private static final int FAILED_STARTS_ALLOWED = 3;

  private static final AtomicLong POOLS = new AtomicLong();

  private final PoolOptions options;
  private final ValueReader reader;
  private final Executor callbackExecutor;
  private final Path socket;
  private final Switchboard switchboard;
  private final ScheduledThreadPoolExecutor clock;
  private final AtomicLong functionNumbers = new AtomicLong();
  private final SecureRandom random = new SecureRandom();
  private final MachineShare share;
  private final JvmCommand command;
  private final byte[] initializer;
  private final byte[] exitHook;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition terminated = lock.newCondition();

  // Guarded by the lock.
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private Phase phase = Phase.OPEN;
  private int startedWorkers;
  private int failedStarts;
  private @Nullable Throwable broken;

  public Dispatcher(PoolOptions options) {
    this.options = options;
    var filter = options.serialFilter();
    reader =
        new ValueReader(
            Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassLoader.getSystemClassLoader()),
            filter == null ? null : ObjectInputFilter.Config.createFilter(filter));
    callbackExecutor =
        Objects.requireNonNullElse(options.callbackExecutor(), Thread::startVirtualThread);
    initializer = encodedHook(options.initializer());
    exitHook = encodedHook(options.exitHook());
    share = MachineShare.ofOneIn(options.workers());
    var arguments = options.jvmArguments();
    var sized = JvmCommand.of(WorkerMain.class).withShare(share);
    command = arguments == null ? sized : sized.withJvmArguments(arguments);
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("multijvm-clock").factory());
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(1, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    try {
      socket = Scratch.directory().resolve("pool-" + POOLS.incrementAndGet());
    } catch (IOException problem) {
      throw new MultiprocessingException("no directory for the pool's socket", problem);
    }
    switchboard = new Switchboard(socket);
    lock.lock();
    try {
      fill();
    } finally {
      lock.unlock();
    }
  }

  private static byte[] encodedHook(@Nullable SerializableRunnable hook) {
    return hook == null ? new byte[0] : TaskEncoder.encodeValue(hook);
  }

  PoolOptions options() {
    return options;
  }

  ValueReader reader() {
    return reader;
  }

  Executor callbackExecutor() {
    return callbackExecutor;
  }

  SharedFunction share(Object function) {
    return new SharedFunction(functionNumbers.incrementAndGet(), TaskEncoder.encodeValue(function));
  }

  // Submitting

  void submit(Task task) {
    lock.lock();
    try {
      awaitRoom();
      waiting.add(task);
      assign();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
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

  /// Sends what waits to those who can take it. With the lock.
  private void assign() {
    while (!waiting.isEmpty()) {
      var task = waiting.element();
      if (task.owner.isWanted()) {
        var worker = idleWorker(task);
        if (worker == null) {
          return;
        }
        waiting.remove();
        worker.send(task);
        armTimeouts(task, worker);
        if (worker.sent() >= options.tasksPerWorker()) {
          worker.phase = Worker.Phase.RETIRING;
        }
      } else {
        waiting.remove();
      }
      room.signal();
    }
    endIfDrained();
  }

  private @Nullable Worker idleWorker(Task task) {
    Worker starting = null;
    for (var worker : workers) {
      if (worker.isIdle() && worker.takesTasks()) {
        if (worker.phase == Worker.Phase.READY) {
          return worker;
        }
        starting = worker;
      }
    }
    return task.hasTimeout() ? null : starting;
  }

  private void armTimeouts(Task task, Worker worker) {
    long sequence = task.sequence;
    var soft = task.options.softTimeout();
    if (soft != null) {
      after(soft, () -> interruptIfRunning(task, worker, sequence));
    }
    var hard = task.options.hardTimeout();
    if (hard != null) {
      after(hard, () -> killIfRunning(task, worker, sequence));
    }
  }

  private void after(Duration delay, Runnable action) {
    var _ = clock.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void interruptIfRunning(Task task, Worker worker, long sequence) {
    lock.lock();
    try {
      if (worker.runs(task) && task.sequence == sequence) {
        worker.interrupt(task);
      }
    } finally {
      lock.unlock();
    }
  }

  private void killIfRunning(Task task, Worker worker, long sequence) {
    lock.lock();
    try {
      if (worker.runs(task) && task.sequence == sequence) {
        task.timedOut = true;
        worker.process().kill();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The owner of `task` does not want it any more.
  void cancel(Task task, boolean mayInterrupt) {
    lock.lock();
    try {
      var worker = task.worker;
      if (worker == null) {
        waiting.remove(task);
        room.signal();
        endIfDrained();
      } else if (mayInterrupt && worker.runs(task)) {
        long sequence = task.sequence;
        worker.interrupt(task);
        after(options.cancelGrace(), () -> killIfRunning(task, worker, sequence));
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(SharedFunction function) {
    lock.lock();
    try {
      for (var worker : workers) {
        worker.forget(function);
      }
    } finally {
      lock.unlock();
    }
  }

  // What workers say; on the switchboard's thread

  void ready(Worker worker, Decoder body) {
    byte status = body.readByte();
    body.readLong();
    if (status != Message.RETURNED) {
      breakPool(
          new MultiprocessingException(
              "the initializer failed in a worker", Throwables.read(body, reader)));
      return;
    }
    lock.lock();
    try {
      failedStarts = 0;
      if (worker.phase == Worker.Phase.STARTING) {
        worker.phase = Worker.Phase.READY;
      }
      assign();
    } finally {
      lock.unlock();
    }
  }

  void result(Worker worker, long sequence, Decoder body) {
    byte status = body.readByte();
    long runNanos = body.readLong();
    Task task;
    lock.lock();
    try {
      task = worker.take(sequence);
      if (status == Message.THREW_EXHAUSTED && worker.takesTasks()) {
        worker.phase = Worker.Phase.RETIRING;
      }
      if (worker.phase == Worker.Phase.RETIRING && worker.isIdle()) {
        end(worker);
      }
      assign();
    } finally {
      lock.unlock();
    }
    if (task == null) {
      return;
    }
    if (status == Message.RETURNED) {
      task.owner.returned(task, runNanos, body);
    } else {
      task.owner.threw(task, Throwables.read(body, reader));
    }
  }

  // Life and death of workers

  /// Starts workers until there are as many as there should be. With the lock.
  private void fill() {
    while (broken == null
        && workersWanted() > workers.stream().filter(Worker::takesTasks).count()) {
      start();
    }
  }

  private int workersWanted() {
    return switch (phase) {
      case OPEN -> options.workers();
      case DRAINING -> Math.min(options.workers(), waiting.size());
      case STOPPING, TERMINATED -> 0;
    };
  }

  private void start() {
    byte[] token = new byte[Message.TOKEN_SIZE];
    random.nextBytes(token);
    var worker = new Worker(this, switchboard, ++startedWorkers);
    switchboard.expect(token, worker.link);
    var boot =
        new BootRecord(
            token,
            worker.number,
            ProcessHandle.current().pid(),
            socket.toString(),
            initializer,
            exitHook,
            Objects.requireNonNullElse(options.serialFilter(), ""));
    WorkerProcess process;
    try {
      process = WorkerProcess.start(command, boot);
    } catch (IOException problem) {
      switchboard.forget(token);
      throw new MultiprocessingException("a worker process could not be started", problem);
    }
    worker.started(process);
    workers.add(worker);
    process.listen(
        () -> {},
        () -> {
          switchboard.forget(token);
          judge(worker);
        });
    after(options.initializerTimeout(), () -> killIfStarting(worker));
  }

  private void killIfStarting(Worker worker) {
    lock.lock();
    try {
      if (worker.phase == Worker.Phase.STARTING) {
        worker.process().kill();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tells `worker` to end and makes sure of it. With the lock.
  private void end(Worker worker) {
    worker.end();
    after(options.exitTimeout(), worker.process()::kill);
    fill();
  }

  /// The process of `worker` has ended: whatever it still sent counts, then its tasks are judged.
  private void judge(Worker worker) {
    worker.link.close();
    try {
      worker.link.awaitEnd(5_000);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var death = worker.process().lost();
    var lost = new ArrayList<Task>();
    lock.lock();
    try {
      boolean cameToLife = worker.phase != Worker.Phase.STARTING;
      worker.phase = Worker.Phase.DEAD;
      workers.remove(worker);
      for (var task : worker.takeAll()) {
        if (task.startsLeft > 0 && !task.timedOut && phase != Phase.STOPPING) {
          task.worker = null;
          waiting.addFirst(task);
        } else {
          lost.add(task);
        }
      }
      if (!cameToLife && ++failedStarts >= FAILED_STARTS_ALLOWED) {
        broken = death;
      }
      fill();
      assign();
    } finally {
      lock.unlock();
    }
    for (var task : lost) {
      task.owner.failed(task, reason(task, death));
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
      for (var worker : workers) {
        worker.process().kill();
      }
    } finally {
      lock.unlock();
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
      lock.unlock();
    }
    if (cause != null) {
      for (var task : failed) {
        task.owner.failed(task, new MultiprocessingException("the pool is broken", cause));
      }
    }
  }

  // Ending

  public void shutdown() {
    lock.lock();
    try {
      if (phase == Phase.OPEN) {
        phase = Phase.DRAINING;
        room.signalAll();
      }
      endIfDrained();
    } finally {
      lock.unlock();
    }
    terminateIfEmpty();
  }

  /// Ends the workers that have nothing more to do. With the lock.
  private void endIfDrained() {
    if (phase == Phase.OPEN || !waiting.isEmpty()) {
      return;
    }
    for (var worker : List.copyOf(workers)) {
      if (worker.isIdle() && (worker.takesTasks() || worker.phase == Worker.Phase.RETIRING)) {
        end(worker);
      }
    }
  }

  public List<Runnable> shutdownNow() {
    var neverStarted = new ArrayList<Runnable>();
    lock.lock();
    try {
      if (phase == Phase.OPEN) {
        phase = Phase.DRAINING;
        room.signalAll();
      }
      for (var task : waiting) {
        if (task.owner instanceof Submission<?> submission) {
          neverStarted.add(submission.asRunnable());
        }
      }
      waiting.clear();
      for (var worker : List.copyOf(workers)) {
        for (var task : worker.sentTasks()) {
          long sequence = task.sequence;
          worker.interrupt(task);
          after(options.cancelGrace(), () -> killIfRunning(task, worker, sequence));
        }
      }
      endIfDrained();
    } finally {
      lock.unlock();
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
        cancelled.addAll(worker.takeAll());
        if (grace.isZero()) {
          worker.process().kill();
        } else {
          worker.process().terminate();
          after(grace, worker.process()::kill);
        }
      }
    } finally {
      lock.unlock();
    }
    for (var task : cancelled) {
      task.owner.failed(task, new CancellationException("the pool was terminated"));
    }
    terminateIfEmpty();
    awaitTerminationUninterruptibly();
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
      if (phase == Phase.OPEN || phase == Phase.TERMINATED || !workers.isEmpty()) {
        return;
      }
      phase = Phase.TERMINATED;
    } finally {
      lock.unlock();
    }
    clock.shutdownNow();
    switchboard.close();
    try {
      Files.deleteIfExists(socket);
    } catch (IOException problem) {
      throw new UncheckedIOException("the pool's socket remains", problem);
    } finally {
      lock.lock();
      try {
        terminated.signalAll();
      } finally {
        lock.unlock();
      }
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
        left = terminated.awaitNanos(left);
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
    lock.lock();
    try {
      var worker = task.worker;
      return worker == null ? OptionalLong.empty() : OptionalLong.of(worker.process().pid());
    } finally {
      lock.unlock();
    }
  }

  public PoolDescription description() {
    return new PoolDescription(
        options.workers(),
        Transport.SOCKET,
        options.startMethod(),
        options.jvmArguments() == null
            ? share.toString()
            : String.join(" ", options.jvmArguments()));
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
