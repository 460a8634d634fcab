package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.WorkerInfo;
import dev.multijvm.multiprocessing.internal.ring.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The workers of a pool that are alive: which of them is to get a task, and how many are missing.
///
/// The pool's lock is taken and released here, because whoever releases it shows the workers what
/// it has sent them. All else is called with the lock.
final class Crew {
  /// About so many bytes of tasks that do not fit a ring are sent ahead to a worker; but a second
  /// task is, whatever its size.
  private static final int LARGE_BYTES_AHEAD = 2 << 20;

  private final PoolOptions options;
  private final ReentrantLock lock;
  private final PoolState state;
  private final Backlog backlog;
  private final PoolClock clock;
  private final Runnable startMissing;
  private final List<Worker> workers = new ArrayList<>();

  /// @param startMissing run by the clock when workers may be missing
  Crew(
      PoolOptions options,
      ReentrantLock lock,
      PoolState state,
      Backlog backlog,
      PoolClock clock,
      Runnable startMissing) {
    this.options = options;
    this.lock = lock;
    this.state = state;
    this.backlog = backlog;
    this.clock = clock;
    this.startMissing = startMissing;
  }

  void lock() {
    lock.lock();
  }

  void lockInterruptibly() throws InterruptedException {
    lock.lockInterruptibly();
  }

  /// Releases the lock, then wakes the workers that sleep and were sent something.
  void unlock() {
    List<Worker> sleeping = lock.getHoldCount() == 1 ? publish() : List.of();
    lock.unlock();
    for (int i = 0; i < sleeping.size(); i++) {
      sleeping.get(i).channel().ring();
    }
  }

  /// Shows the workers what they were sent.
  ///
  /// @return those to be woken
  private List<Worker> publish() {
    List<Worker> sleeping = List.of();
    for (int i = 0; i < workers.size(); i++) {
      var worker = workers.get(i);
      if (worker.publish()) {
        sleeping = with(sleeping, worker);
      }
    }
    return sleeping;
  }

  private static List<Worker> with(List<Worker> some, Worker one) {
    var list = some.isEmpty() ? new ArrayList<Worker>(2) : some;
    list.add(one);
    return list;
  }

  // Choosing

  /// Who is to get `task`: an idle worker or else, if it may be sent ahead, the one that has least
  /// to do; null if it must wait.
  ///
  /// @param limit the most tasks that a worker may have
  @Nullable Worker workerFor(Task task, int limit) {
    int most = limitFor(task, limit);
    Worker best = null;
    for (int i = 0; i < workers.size(); i++) {
      var worker = workers.get(i);
      if (worker.isIdle() && worker.phase == Worker.Phase.READY) {
        return worker;
      }
      if (!task.hasTimeout() && mayGetMore(worker, most) && isBetter(worker, best)) {
        best = worker;
      }
    }
    return best;
  }

  /// A worker reads at once what comes by the link, so large tasks are not to fill its heap.
  private static int limitFor(Task task, int limit) {
    int size = task.body.length;
    return size > Ring.LARGEST_BODY
        ? Math.min(limit, Math.max(2, LARGE_BYTES_AHEAD / size))
        : limit;
  }

  private static boolean mayGetMore(Worker worker, int limit) {
    return worker.isIdle() ? worker.takesTaskInAdvance() : worker.takesMore(limit);
  }

  private static boolean isBetter(Worker worker, @Nullable Worker best) {
    return best == null || worker.load() < best.load();
  }

  /// While one worker is idle, who has most to do among those that may have tasks which they have
  /// not started; null if there is none. One that is starting comes first: its task waits for the
  /// whole start.
  @Nullable Worker busiestBesideAnIdleOne() {
    Worker busiest = null;
    boolean isOneIdle = false;
    for (int i = 0; i < workers.size(); i++) {
      var worker = workers.get(i);
      if (worker.isIdle()) {
        isOneIdle |= worker.phase == Worker.Phase.READY;
      } else if (mayHaveUnstarted(worker) && (busiest == null || isBusier(worker, busiest))) {
        busiest = worker;
      }
    }
    return isOneIdle ? busiest : null;
  }

  private static boolean mayHaveUnstarted(Worker worker) {
    return worker.load() > 1 || worker.phase == Worker.Phase.STARTING;
  }

  private static boolean isBusier(Worker worker, Worker other) {
    boolean isStarting = worker.phase == Worker.Phase.STARTING;
    boolean isOtherStarting = other.phase == Worker.Phase.STARTING;
    return isStarting == isOtherStarting ? worker.load() > other.load() : isStarting;
  }

  // Coming and going

  List<Worker> workers() {
    return workers;
  }

  void add(Worker worker) {
    workers.add(worker);
  }

  /// Returns whether it was there.
  boolean remove(Worker worker) {
    return workers.remove(worker);
  }

  /// Has workers started until there are as many as there should be.
  void fill() {
    if (missing() > 0) {
      clock.soon(startMissing);
    }
  }

  /// How many workers are to be started. One that has got its last task keeps its place until that
  /// is done.
  long missing() {
    if (state.broken() != null) {
      return 0;
    }
    long places = options.workers() - workers.stream().filter(Worker::isOnDuty).count();
    return switch (state.phase()) {
      case OPEN -> places;
      case DRAINING -> Math.min(places, backlog.size() - takers());
      case STOPPING, TERMINATED -> 0;
    };
  }

  private long takers() {
    return workers.stream().filter(Worker::takesTasks).count();
  }

  /// Tells `worker` to end and makes sure of it.
  void end(Worker worker) {
    worker.end();
    worker.endAlarms.add(clock.alarm(options.exitTimeout(), worker.process()::kill));
    fill();
  }

  /// Ends all that have nothing to do.
  void endIdle() {
    for (var worker : workers) {
      boolean isToldAlready = worker.phase == Worker.Phase.ENDING;
      if (worker.isIdle() && !isToldAlready) {
        end(worker);
      }
    }
  }

  /// Kills those that have not come to life.
  void killUnborn() {
    for (var worker : workers) {
      if (!worker.cameToLife()) {
        worker.process().kill();
      }
    }
  }

  void killAll() {
    for (var worker : workers) {
      worker.process().kill();
    }
  }

  List<WorkerInfo> describe() {
    return workers.stream().map(Worker::info).toList();
  }
}
