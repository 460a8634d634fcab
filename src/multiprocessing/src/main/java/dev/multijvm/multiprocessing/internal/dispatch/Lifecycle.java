package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.Transport;
import dev.multijvm.multiprocessing.WorkerLostException;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// Life and death of a pool's workers: starts as many as there should be, replaces those that end
/// and decides what becomes of the tasks that they had.
final class Lifecycle {
  private static final System.Logger LOGGER = System.getLogger(Lifecycle.class.getPackageName());

  /// So many workers in a row that do not come to life break the pool.
  private static final int FAILED_STARTS_ALLOWED = 3;

  /// How long after one that the system refused to start the next is tried.
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final PoolOptions options;
  private final PoolState state;
  private final Backlog backlog;
  private final PoolClock clock;
  private final Crew crew;
  private final Dispatcher dispatcher;
  private final WorkerStarter starter;
  private final Transport transport;

  // Guarded by the pool's lock.
  private int startedWorkers;
  private int failedStarts;
  private boolean isPausing;

  /// Starts the first workers.
  Lifecycle(
      PoolOptions options, ReentrantLock lock, PoolState state, Backlog backlog, PoolClock clock) {
    this.options = options;
    this.state = state;
    this.backlog = backlog;
    this.clock = clock;
    crew = new Crew(options, lock, state, backlog, clock, this::startMissing);
    dispatcher = new Dispatcher(options, state, backlog, crew, clock, this::settled);
    starter = new WorkerStarter(options);
    transport = openWorkers();
  }

  private Transport openWorkers() {
    crew.lock();
    try {
      for (int i = 0; i < options.workers(); i++) {
        start();
      }
      return crew.workers().getFirst().channel().transport();
    } catch (RuntimeException | Error problem) {
      state.breakBy(problem);
      state.stop();
      crew.killAll();
      throw problem;
    } finally {
      crew.unlock();
      releaseIfEmpty();
    }
  }

  Crew crew() {
    return crew;
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  WorkerStarter starter() {
    return starter;
  }

  Transport transport() {
    return transport;
  }

  // Life of workers

  /// Starts a worker. With the lock.
  private void start() {
    var worker = starter.start(this, ++startedWorkers);
    listen(worker);
    crew.add(worker);
    dispatcher.notes().started(worker.process().manner());
    worker.startAlarms.add(clock.alarm(options.initializerTimeout(), () -> killIfStarting(worker)));
  }

  private void listen(Worker worker) {
    var process = worker.process();
    try {
      process.listen(worker.channel()::drain, () -> silenced(worker), () -> judge(worker));
    } catch (OutOfMemoryError problem) {
      process.kill();
      worker.bury(); // nobody else knows it
      throw new MultiprocessingException("no thread for a worker process", problem);
    }
  }

  private void startMissing() {
    crew.lock();
    try {
      while (crew.missing() > 0 && !isPausing) {
        startOrPause();
      }
      dispatcher.assign();
    } catch (RuntimeException | Error problem) {
      // The clock would not tell anybody.
      state.breakBy(problem);
    } finally {
      crew.unlock();
    }
    failWaiting();
  }

  /// There may be too many processes, or too little memory, for a moment only.
  private void startOrPause() {
    try {
      start();
    } catch (MultiprocessingException problem) {
      LOGGER.log(Level.WARNING, "a worker cannot be replaced", problem);
      countFailedStart(problem);
      isPausing = true;
      clock.after(PAUSE, this::endPause);
    }
  }

  private Throwable tookTooLong(WorkerLostException death) {
    return new MultiprocessingException(
        "a worker did not start and run its initializer within " + options.initializerTimeout(),
        death);
  }

  private void countFailedStart(Throwable problem) {
    failedStarts++;
    if (failedStarts >= FAILED_STARTS_ALLOWED) {
      state.breakBy(problem);
    }
  }

  private void endPause() {
    crew.lock();
    try {
      isPausing = false;
    } finally {
      crew.unlock();
    }
    startMissing();
  }

  private void killIfStarting(Worker worker) {
    crew.lock();
    try {
      if (!worker.cameToLife()) {
        worker.tookTooLong = true;
        worker.process().kill();
      }
    } finally {
      crew.unlock();
    }
  }

  /// `worker` has come to life, or its initializer has failed.
  void ready(Worker worker, byte status, Decoder body) {
    worker.removeFile();
    if (status != Message.RETURNED) {
      breakPool(
          worker,
          new MultiprocessingException(
              "the initializer failed in a worker", Throwables.read(body, dispatcher.reader())));
      return;
    }
    var process = worker.process();
    dispatcher.notes().ready(worker.number, process.pid(), process.manner(), worker.age());
    crew.lock();
    try {
      failedStarts = 0;
      worker.comeToLife();
      dispatcher.assign();
    } finally {
      crew.unlock();
    }
  }

  // Death of workers

  /// `worker` lives but has closed one of its streams, so it cannot be heard: it may finish what it
  /// has started, and another takes its place.
  private void silenced(Worker worker) {
    crew.lock();
    try {
      switch (worker.phase) {
        case STARTING -> worker.process().kill();
        case READY, RETIRING -> {
          worker.retire();
          dispatcher.takeBackAll(worker);
          if (worker.isIdle()) {
            crew.end(worker);
          }
          crew.fill();
          dispatcher.assign();
        }
        case ENDING, DEAD -> {}
      }
    } finally {
      crew.unlock();
    }
  }

  /// The link of `worker` has ended, so its process is about to, or must.
  void expectEnd(Worker worker) {
    clock.after(WorkerProcess.TIME_TO_END, worker.process()::kill);
  }

  /// The process of `worker` has ended: whatever it still sent counts, then its tasks are judged.
  private void judge(Worker worker) {
    awaitLastResults(worker);
    var death = worker.process().lost();
    var lost = new ArrayList<Task>(worker.inbox.halfDone());
    boolean isTerminating;
    boolean wasToldToEnd;
    crew.lock();
    try {
      isTerminating = state.phase() == PoolState.Phase.STOPPING;
      wasToldToEnd = isTerminating || worker.phase == Worker.Phase.ENDING;
      lost.addAll(salvage(worker, isTerminating));
      worker.die();
      state.settle();
      // One that is not there could not be listened to, and is counted already.
      if (crew.remove(worker) && !worker.cameToLife() && !wasToldToEnd) {
        countFailedStart(worker.tookTooLong ? tookTooLong(death) : death);
      }
      crew.fill();
      dispatcher.assign();
    } finally {
      crew.unlock();
    }
    try {
      worker.bury();
      if (!wasToldToEnd) {
        note(worker, death, lost.size());
      }
      for (var task : lost) {
        task.failed(isTerminating ? terminated() : reason(task, death));
      }
      failWaiting();
    } finally {
      settled();
    }
  }

  private static void awaitLastResults(Worker worker) {
    try {
      worker.awaitLastResults();
    } catch (Throwable problem) {
      // What it was sent is lost, but has to be judged.
      LOGGER.log(Level.ERROR, "a result of a dead worker cannot be handled", problem);
    }
  }

  /// Puts back the tasks of a dead worker that may start once more.
  ///
  /// @return the others
  private List<Task> salvage(Worker worker, boolean isTerminating) {
    var lost = new ArrayList<Task>();
    for (var task : worker.tasks()) {
      if (!worker.hadStarted(task)) {
        task.startsLeft++;
      }
      if (task.startsLeft > 0 && !isTerminating) {
        task.worker = null;
        backlog.putBack(task);
      } else {
        lost.add(task);
      }
    }
    return lost;
  }

  private void note(Worker worker, WorkerLostException death, int lostTasks) {
    String end = String.valueOf(death.getMessage());
    dispatcher.notes().lost(worker.number, worker.process().pid(), end, lostTasks);
  }

  private static Throwable reason(Task task, WorkerLostException death) {
    return task.timedOut
        ? new TimeoutException("the task ran longer than " + task.options.hardTimeout())
        : death;
  }

  static CancellationException terminated() {
    return new CancellationException("the pool was terminated");
  }

  /// The initializer of `failed` has thrown `cause`. Those who run tasks may finish them.
  private void breakPool(Worker failed, Throwable cause) {
    crew.lock();
    try {
      state.breakBy(cause);
      failed.process().kill();
      crew.killUnborn();
    } finally {
      crew.unlock();
    }
    failWaiting();
  }

  /// Fails what waits in a pool that runs no more tasks, and releases it if it is empty then. There
  /// may be some even in one that was terminated: those taken back from a worker that was about to
  /// end.
  private void failWaiting() {
    List<Task> failed;
    Throwable cause;
    crew.lock();
    try {
      state.settle();
      cause = state.broken();
      boolean isOver = cause != null || state.phase() == PoolState.Phase.STOPPING;
      failed = isOver ? backlog.removeAll() : List.of();
    } finally {
      crew.unlock();
    }
    try {
      for (var task : failed) {
        task.failed(
            cause == null
                ? terminated()
                : new MultiprocessingException("the pool is broken", cause));
      }
    } finally {
      settled();
    }
  }

  /// To be called after [PoolState#settle()], when the futures are complete.
  void settled() {
    crew.lock();
    try {
      state.settled();
    } finally {
      crew.unlock();
    }
    releaseIfEmpty();
  }

  /// Releases what the pool holds once its last worker has gone.
  void releaseIfEmpty() {
    boolean isMine;
    crew.lock();
    try {
      isMine = state.beginRelease(crew.workers().isEmpty() && backlog.isEmpty());
    } finally {
      crew.unlock();
    }
    if (!isMine) {
      return;
    }
    clock.stop();
    starter.close();
    crew.lock();
    try {
      state.terminated();
    } finally {
      crew.unlock();
    }
  }
}
