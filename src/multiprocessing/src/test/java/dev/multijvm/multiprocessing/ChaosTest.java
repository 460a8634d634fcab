package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/// Workers are killed at random moments, again and again, while tasks of all kinds come and go.
@Tag("stress")
@Timeout(3600)
class ChaosTest {
  private static final long SEED = 20_261_121;

  /// By each transport.
  private static final int TASKS = 50_000;

  /// The most tasks on their way.
  private static final int WINDOW = 3_000;

  private static final int LARGE = 100_000;

  private enum End {
    RETURNED,
    LOST,
    CANCELLED
  }

  @ParameterizedTest
  @EachTransport
  void everyFutureCompletesOnceWhicheverWorkersAreKilled(Transport transport) throws Exception {
    int tasks = Stress.times(TASKS);
    var leftovers = Leftovers.sinceNow();
    int kills;
    Map<End, Integer> ends;
    try (var starts = SharedLongArray.create(tasks);
        var pool =
            ProcessPool.open(
                PoolOptions.defaults()
                    .withWorkers(3)
                    .withTransport(transport)
                    .withStartMethod(StartMethod.PLAIN)
                    .withJvmArguments(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m")))) {
      var killer = new Killer(pool);
      ends = run(pool, starts, tasks, killer);
      kills = killer.stop();
    }

    System.out.printf(
        "%s: %d tasks ended once each under %d kills: %s%n", transport, tasks, kills, ends);
    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(tasks);
    assertThat(kills).isGreaterThan(10);
    assertThat(ends.get(End.LOST)).isBetween(1, kills);
    leftovers.assertNone();
  }

  private static Map<End, Integer> run(
      ProcessPool pool, SharedLongArray starts, int tasks, Killer killer) throws Exception {
    var random = new Random(SEED);
    var futures = new ArrayList<ProcessFuture<Object>>(tasks);
    var completions = new AtomicIntegerArray(tasks);
    var room = new Semaphore(WINDOW);
    for (int i = 0; i < tasks; i++) {
      int number = i;
      assertThat(room.tryAcquire(60, SECONDS)).as("a task ends within a minute").isTrue();
      var future = pool.submit(task(number, random.nextInt(1000), starts));
      futures.add(future);
      var _ =
          future.whenComplete((_, _) -> {
            completions.incrementAndGet(number);
            killer.taskEnded();
            room.release();
          });
      if (random.nextInt(50) == 0) {
        futures.get(Math.max(0, number - random.nextInt(20))).cancel(random.nextBoolean());
      }
    }
    assertThat(room.tryAcquire(WINDOW, 120, SECONDS)).as("all tasks end").isTrue();
    var ends = new EnumMap<End, Integer>(End.class);
    for (int i = 0; i < tasks; i++) {
      assertThat(completions.get(i)).isEqualTo(1);
      ends.merge(end(i, futures.get(i), starts.get(i)), 1, Integer::sum);
    }
    return ends;
  }

  /// A task that counts its start, then does what `kind` says and returns its number.
  private static SerializableCallable<Object> task(int number, int kind, SharedLongArray starts) {
    if (kind < 2) {
      byte[] large = new byte[LARGE];
      large[number % LARGE] = 1;
      return () -> {
        starts.getAndAdd(number, 1);
        return large;
      };
    }
    long micros = kind < 20 ? kind * 100L : 0;
    return () -> {
      starts.getAndAdd(number, 1);
      if (micros > 0) {
        Thread.sleep(micros / 1000, (int) (micros % 1000) * 1000);
      }
      return number;
    };
  }

  private static End end(int number, ProcessFuture<Object> future, long starts) {
    assertThat(starts).as("starts of task %d", number).isLessThanOrEqualTo(1);
    return switch (future.state()) {
      case SUCCESS -> {
        assertThat(starts).isEqualTo(1);
        if (future.resultNow() instanceof byte[] large) {
          byte[] expected = new byte[LARGE];
          expected[number % LARGE] = 1;
          assertThat(Arrays.equals(large, expected)).isTrue();
        } else {
          assertThat(future.resultNow()).isEqualTo(number);
        }
        yield End.RETURNED;
      }
      case FAILED -> {
        assertThat(future.exceptionNow()).isInstanceOf(WorkerLostException.class);
        yield End.LOST;
      }
      case CANCELLED -> End.CANCELLED;
      case RUNNING -> throw new AssertionError("task " + number + " has not ended");
    };
  }

  /// Kills a worker that has come to life, again and again. How often follows from the tasks that
  /// have ended, so that a slow machine, too, gets some work done between two deaths.
  private static final class Killer {
    private static final int MEAN_GAP_IN_TASKS = 2000;

    private final Random random = new Random(SEED + 1);
    private final AtomicInteger endedTasks = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ProcessPool pool;
    private final Thread thread;
    private int kills;

    Killer(ProcessPool pool) {
      this.pool = pool;
      thread = Thread.ofPlatform().name("killer").start(this::killOnAndOn);
    }

    void taskEnded() {
      endedTasks.incrementAndGet();
    }

    int stop() throws InterruptedException {
      stopped.set(true);
      thread.join();
      return kills;
    }

    private void killOnAndOn() {
      long next = 0;
      while (!stopped.get()) {
        next += random.nextInt(2 * MEAN_GAP_IN_TASKS);
        while (endedTasks.get() < next && !stopped.get()) {
          LockSupport.parkNanos(random.nextInt(1_000_000));
        }
        killOne();
      }
    }

    private void killOne() {
      var alive =
          pool.workers().stream()
              .filter(worker -> worker.state() != WorkerInfo.State.STARTING)
              .toList();
      if (!alive.isEmpty()) {
        long pid = alive.get(random.nextInt(alive.size())).pid();
        kills += ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false) ? 1 : 0;
      }
    }
  }
}
