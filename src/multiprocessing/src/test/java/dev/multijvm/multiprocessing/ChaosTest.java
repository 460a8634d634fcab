package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
      ends = run(pool, starts, tasks);
      kills = killer.stop();
    }

    System.out.printf(
        "%s: %d tasks ended once each under %d kills: %s%n", transport, tasks, kills, ends);
    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(tasks);
    assertThat(kills).isGreaterThan(10);
    assertThat(ends.get(End.LOST)).isBetween(1, kills);
    leftovers.assertNone();
  }

  private static Map<End, Integer> run(ProcessPool pool, SharedLongArray starts, int tasks)
      throws Exception {
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

  /// Kills every worker some milliseconds after it has ended its first task. To start takes it many
  /// times as long, so that is about as often as workers can die with any work done between two
  /// deaths.
  private static final class Killer {
    private static final int LONGEST_LIFE_MILLIS = 30;

    /// Enough; the rest of the tasks shows that the pool is well.
    private static final int MOST_KILLS = 60;

    private final Random random = new Random(SEED + 1);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Map<Long, Long> deaths = new HashMap<>();
    private final ProcessPool pool;
    private final Thread thread;
    private final Set<Long> killed = new HashSet<>();

    Killer(ProcessPool pool) {
      this.pool = pool;
      thread = Thread.ofPlatform().name("killer").start(this::killOnAndOn);
    }

    int stop() throws InterruptedException {
      stopped.set(true);
      thread.join();
      return killed.size();
    }

    private void killOnAndOn() {
      while (!stopped.get() && killed.size() < Stress.times(MOST_KILLS)) {
        LockSupport.parkNanos(random.nextInt(1_000_000));
        for (var worker : pool.workers()) {
          if (worker.completedTasks() > 0 && isDue(worker.pid()) && killed.add(worker.pid())) {
            ProcessHandle.of(worker.pid()).ifPresent(ProcessHandle::destroyForcibly);
          }
        }
      }
    }

    private boolean isDue(long pid) {
      long now = System.nanoTime();
      Long death =
          deaths.computeIfAbsent(
              pid, _ -> now + random.nextLong(MILLISECONDS.toNanos(LONGEST_LIFE_MILLIS)));
      return now - death >= 0;
    }
  }
}
