package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.ring.Spin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/// Things that happen at nearly the same moment, again and again, for a second or three each.
@Tag("stress")
@Timeout(3600)
class RaceTest {
  private static final long SEED = 20_261_121;

  private static long deadline(int seconds) {
    return System.nanoTime() + Duration.ofSeconds(Stress.times(seconds)).toNanos();
  }

  private static ProcessPool open(Transport transport, int workers) {
    return ProcessPool.open(PoolOptions.defaults().withWorkers(workers).withTransport(transport));
  }

  /// Both sides look for a while before they sleep. Most messages come within it; every eighth
  /// comes at about its end, now a little before, now a little after.
  @ParameterizedTest
  @EachTransport
  void noWakeUpIsLostHoweverLongThePausesAre(Transport transport) throws Exception {
    var random = new Random(SEED);
    long messages = 0;
    try (var pool = open(transport, 1)) {
      long workersSleeps = pool.submit(() -> sleepsOfThisThread()).get(20, SECONDS);
      long ownSleeps = sleepsOfThisThread();
      for (long end = deadline(1); System.nanoTime() < end; messages += 2) {
        long number = messages;
        long there = randomPause(random);
        pause(randomPause(random));

        long answer =
            pool.submit(
                    () -> {
                      pause(there);
                      return number;
                    })
                .get(20, SECONDS);

        assertThat(answer).isEqualTo(number);
      }
      ownSleeps = sleepsOfThisThread() - ownSleeps;
      workersSleeps = pool.submit(() -> sleepsOfThisThread()).get(20, SECONDS) - workersSleeps;
      System.out.printf(
          "%s: %d single messages, none lost; the worker slept %d times, the caller %d times%n",
          transport, messages, workersSleeps, ownSleeps);
      assertThat(workersSleeps).isPositive();
      assertThat(ownSleeps).isPositive();
    }
  }

  private static long randomPause(Random random) {
    return random.nextInt(8) == 0 ? random.nextLong(2 * Spin.WAKE_UP_NANOS) : random.nextInt(1_000);
  }

  /// How often this thread has given its CPU away because it had nothing to do.
  private static long sleepsOfThisThread() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
      return lines
          .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    }
  }

  private static void pause(long nanos) {
    for (long start = System.nanoTime(); System.nanoTime() - start < nanos; ) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EachTransport
  void cancellationAtTheMomentOfCompletionHarmsNoOtherTask(Transport transport) throws Exception {
    var random = new Random(SEED);
    int cancelled = 0;
    int returned = 0;
    try (var pool = open(transport, 2)) {
      for (long end = deadline(1); System.nanoTime() < end; ) {
        var before = pool.submit(() -> Thread.currentThread().isInterrupted());
        var raced = pool.submit(() -> 1);
        var after = pool.submit(() -> Thread.currentThread().isInterrupted());
        pause(random.nextInt(60_000));
        if (raced.cancel(true)) {
          cancelled++;
          assertThatThrownBy(raced::get).isInstanceOf(CancellationException.class);
        } else {
          returned++;
          assertThat(raced.get()).isEqualTo(1);
        }

        assertThat(before.get(20, SECONDS)).isFalse();
        assertThat(after.get(20, SECONDS)).isFalse();
      }
      assertThat(pool.workers()).extracting(WorkerInfo::number).containsExactly(1, 2);
    }
    System.out.printf("%s: %d cancelled, %d returned%n", transport, cancelled, returned);
    assertThat(cancelled).isPositive();
    assertThat(returned).isPositive();
  }

  @ParameterizedTest
  @EachTransport
  void callersThatAreInterruptedAtAnyMomentCostNoWorkerAndNoTask(Transport transport)
      throws Exception {
    var random = new Random(SEED);
    var over = new AtomicBoolean();
    var failures = new ArrayList<Throwable>();
    try (var pool = open(transport, 2)) {
      var caller =
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; !over.get(); i++) {
                  int number = i;
                  try {
                    var future = pool.submit(() -> number);
                    assertThat(getDespiteInterrupts(future)).isEqualTo(number);
                  } catch (Exception | AssertionError problem) {
                    failures.add(problem);
                    return;
                  }
                }
              });
      for (long end = deadline(1); System.nanoTime() < end && caller.isAlive(); ) {
        pause(random.nextInt(100_000));
        caller.interrupt();
      }
      over.set(true);
      caller.join();

      assertThat(failures).isEmpty();
      assertThat(pool.workers()).extracting(WorkerInfo::number).containsExactly(1, 2);
    }
  }

  private static int getDespiteInterrupts(ProcessFuture<Integer> future)
      throws ExecutionException, TimeoutException {
    while (true) {
      try {
        return future.get(20, SECONDS);
      } catch (InterruptedException _) {
        // That is what happens here all the time.
      }
    }
  }

  /// Opening, work, recycling, death and closing at once: whatever wins, each future ends.
  @ParameterizedTest
  @EachTransport
  void poolsClosedAmidRecyclingAndDeathEndEveryFuture(Transport transport) throws Exception {
    var random = new Random(SEED);
    var leftovers = Leftovers.sinceNow();
    int pools = 0;
    for (long end = deadline(3); System.nanoTime() < end; pools++) {
      var futures = new ArrayList<ProcessFuture<Integer>>();
      var pool =
          ProcessPool.open(
              PoolOptions.defaults()
                  .withWorkers(2)
                  .withTransport(transport)
                  .withTasksPerWorker(1 + random.nextInt(3))
                  .withJvmArguments(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m")));
      for (int i = 0; i < 3; i++) {
        int number = i;
        boolean dies = random.nextInt(4) == 0;
        futures.add(
            pool.submit(() -> {
              if (dies) {
                Runtime.getRuntime().halt(3);
              }
              return number;
            }));
      }
      Thread.sleep(random.nextInt(400));
      switch (random.nextInt(4)) {
        case 0 -> pool.kill();
        case 1 -> pool.terminate();
        case 2 -> {
          var _ = pool.shutdownNow();
          futures.forEach(future -> future.cancel(true));
        }
        default -> pool.close();
      }

      pool.close();
      assertThat(pool.isTerminated()).isTrue();
      assertThat(futures).allMatch(ProcessFuture::isDone);
    }
    System.out.printf("%s: %d pools closed amid their work%n", transport, pools);
    leftovers.assertNone();
  }
}
