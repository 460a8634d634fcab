package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.PoolDescription;
import dev.multijvm.multiprocessing.PoolInsights;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.WorkerInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One pool: puts together what it is made of, ends it and answers questions about it. How tasks
/// come to workers is [Dispatcher]'s; where workers come from and go is [Lifecycle]'s.
public final class Pool {
  private final PoolOptions options;
  private final PoolState state;
  private final Backlog backlog;
  private final PoolClock clock = new PoolClock();
  private final Lifecycle lifecycle;
  private final Crew crew;
  private final Dispatcher dispatcher;

  public Pool(PoolOptions options) {
    this.options = options;
    var lock = new ReentrantLock();
    state = new PoolState(lock);
    backlog = new Backlog(lock, state, options.queueCapacity());
    lifecycle = new Lifecycle(options, lock, state, backlog, clock);
    crew = lifecycle.crew();
    dispatcher = lifecycle.dispatcher();
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  // Ending

  public void shutdown() {
    crew.lock();
    try {
      closeDoor();
      dispatcher.assign();
    } finally {
      crew.unlock();
    }
    lifecycle.releaseIfEmpty();
  }

  private void closeDoor() {
    state.drain();
    backlog.wakeSubmitters();
  }

  public List<Runnable> shutdownNow() {
    List<Task> neverStarted;
    crew.lock();
    try {
      closeDoor();
      state.settle();
      for (var worker : crew.workers()) {
        dispatcher.takeBackAll(worker);
      }
      neverStarted = backlog.removeAll();
      for (var worker : crew.workers()) {
        for (var task : worker.tasks()) {
          task.startsLeft = 0;
          dispatcher.interruptThenKill(task, worker);
        }
      }
      dispatcher.assign();
    } finally {
      crew.unlock();
    }
    var givenBack = new ArrayList<Runnable>();
    try {
      for (var task : neverStarted) {
        var runnable = task.asRunnable();
        if (runnable == null) {
          task.failed(new CancellationException("the pool was shut down"));
        } else {
          givenBack.add(runnable);
        }
      }
    } finally {
      lifecycle.settled();
    }
    return givenBack;
  }

  public void terminate(Duration grace) {
    List<Task> cancelled;
    crew.lock();
    try {
      state.stop();
      state.settle();
      cancelled = backlog.removeAll();
      for (var worker : crew.workers()) {
        endAtOnce(worker.process(), grace);
      }
    } finally {
      crew.unlock();
    }
    try {
      for (var task : cancelled) {
        task.failed(Lifecycle.terminated());
      }
    } finally {
      lifecycle.settled();
    }
    awaitTerminationUninterruptibly();
  }

  private void endAtOnce(WorkerProcess process, Duration grace) {
    if (grace.isZero()) {
      process.kill();
    } else {
      process.terminate();
      clock.after(grace, process::kill);
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

  public boolean isShutdown() {
    crew.lock();
    try {
      return !state.isOpen();
    } finally {
      crew.unlock();
    }
  }

  public boolean isTerminated() {
    crew.lock();
    try {
      return state.isTerminated();
    } finally {
      crew.unlock();
    }
  }

  public boolean awaitTermination(long timeoutNanos) throws InterruptedException {
    crew.lockInterruptibly();
    try {
      return state.awaitTerminated(timeoutNanos);
    } finally {
      crew.unlock();
    }
  }

  // Asking

  public List<WorkerInfo> workers() {
    crew.lock();
    try {
      return crew.describe();
    } finally {
      crew.unlock();
    }
  }

  public PoolInsights insights() {
    return dispatcher
        .notes()
        .soFar(options.workers(), lifecycle.transport(), options.startMethod());
  }

  public PoolDescription description() {
    return new PoolDescription(
        options.workers(),
        lifecycle.transport(),
        options.startMethod(),
        options.startMethod() == StartMethod.WARM ? lifecycle.starter().spares() : 0,
        lifecycle.starter().sizing());
  }

  @Override
  public String toString() {
    crew.lock();
    try {
      return "["
          + state.phase()
          + ", "
          + crew.workers().size()
          + " workers, "
          + backlog.size()
          + " tasks waiting]";
    } finally {
      crew.unlock();
    }
  }
}
