package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SharedSemaphoreTest {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofSeconds(60);

  enum Kind {
    OWNED {
      @Override
      SharedSemaphore create(int permits) throws IOException {
        return SharedSemaphore.owned(permits);
      }
    },
    UNOWNED {
      @Override
      SharedSemaphore create(int permits) throws IOException {
        return SharedSemaphore.unowned(permits);
      }
    };

    abstract SharedSemaphore create(int permits) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void permitsAreTakenAndGivenBack(Kind kind) throws Exception {
    try (var semaphore = kind.create(3)) {
      semaphore.acquire();
      assertThat(semaphore.tryAcquire(3)).isFalse();
      assertThat(semaphore.tryAcquire(2)).isTrue();
      assertThat(semaphore.availablePermits()).isZero();
      assertThat(semaphore.tryAcquire()).isFalse();
      assertThat(semaphore.tryAcquire(SHORT)).isFalse();
      semaphore.release();
      semaphore.release(2);
      assertThat(semaphore.tryAcquire(3, LONG)).isTrue();
      assertThat(semaphore.availablePermits()).isZero();
      semaphore.release(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void neverMoreProcessesAreInsideThanThereArePermits(Kind kind) throws Exception {
    try (var semaphore = kind.create(2);
        var inside = SharedLong.create(0);
        var most = SharedLong.create(0)) {
      TestChild.Job job =
          () -> {
            for (var i = 0; i < 3_000; i++) {
              semaphore.acquire();
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              semaphore.release();
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        job.run();
        one.join();
        two.join();
      }

      assertThat(most.get()).isBetween(1L, 2L);
      assertThat(semaphore.availablePermits()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void waiterForManyAndWaitersForOneAllGetTheirs(Kind kind) throws Exception {
    try (var semaphore = kind.create(4);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      semaphore.acquire(4);
      var waiters = new ArrayList<Future<Boolean>>();
      for (var count : new int[] {3, 1, 1, 2, 1, 4}) {
        waiters.add(
            threads.submit(() -> {
              var came = semaphore.tryAcquire(count, LONG);
              semaphore.release(count);
              return came;
            }));
      }
      Thread.sleep(50);

      for (var i = 0; i < 4; i++) {
        semaphore.release();
      }

      for (var waiter : waiters) {
        assertThat(waiter.get()).isTrue();
      }
      assertThat(semaphore.availablePermits()).isEqualTo(4);
    }
  }

  @Test
  void permitsOfAKilledProcessReturnWhenTheyAreOwned() throws Exception {
    try (var semaphore = SharedSemaphore.owned(3);
        var holder = TestChild.start(() -> takeAndHold(semaphore, 2))) {
      holder.said();
      assertThat(semaphore.tryAcquire(2, SHORT)).isFalse();

      holder.kill();

      assertThat(semaphore.tryAcquire(3, LONG)).isTrue();
      semaphore.release(3);
    }
  }

  @Test
  void tryAcquireNoticesDeathsToo() throws Exception {
    try (var semaphore = SharedSemaphore.owned(1);
        var holder = TestChild.start(() -> takeAndHold(semaphore, 1))) {
      holder.said();
      holder.kill();

      while (!semaphore.tryAcquire()) {
        Thread.sleep(1);
      }

      assertThat(semaphore.availablePermits()).isZero();
    }
  }

  @Test
  void ownedPermitsOutliveAKilledCreatorAndItsOwnReturn() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          var semaphore = SharedSemaphore.owned(2);
          semaphore.acquire();
          TestChild.say(Copies.toText(semaphore));
          TestChild.hear();
        })) {
      try (var semaphore = (SharedSemaphore) Copies.fromText(creator.said())) {
        creator.kill();

        assertThat(semaphore.tryAcquire(2, LONG)).isTrue();

        semaphore.release(2);
      }
    }
  }

  @Test
  void permitsOfAKilledProcessStayTakenWhenTheyAreNotOwned() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(1);
        var holder = TestChild.start(() -> takeAndHold(semaphore, 1))) {
      holder.said();
      holder.kill();

      assertThat(semaphore.tryAcquire(Duration.ofMillis(300))).isFalse();
      semaphore.release();
      assertThat(semaphore.tryAcquire()).isTrue();
    }
  }

  @Test
  void processesKilledAtAnyMomentLeaveEveryOwnedPermit() throws Exception {
    try (var semaphore = SharedSemaphore.owned(2)) {
      for (var i = 0; i < 4; i++) {
        try (var child =
            TestChild.start(() -> {
              TestChild.say("started");
              while (true) {
                semaphore.acquire();
                semaphore.release();
              }
            })) {
          child.said();
          Thread.sleep(20 + i);
          child.kill();
        }
      }

      assertThat(semaphore.tryAcquire(2, LONG)).isTrue();
      assertThat(semaphore.tryAcquire()).isFalse();
    }
  }

  @Test
  void onlyItsOwnPermitsCanBeReleasedByAProcess() throws Exception {
    try (var semaphore = SharedSemaphore.owned(2);
        var holder = TestChild.start(() -> takeAndHold(semaphore, 1))) {
      holder.said();

      assertThatExceptionOfType(IllegalMonitorStateException.class)
          .isThrownBy(semaphore::release)
          .withMessageContaining("has 0 permits");
      assertThat(semaphore.availablePermits()).isEqualTo(1);
    }
  }

  @Test
  void permitsThatAreNotOwnedCanBeMoreThanInTheBeginning() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(0);
        var child = TestChild.start(() -> semaphore.release(2))) {
      semaphore.acquire(2);

      child.join();
    }
  }

  @Test
  void interruptEndsAWaitAndTakesNothing() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(0);
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() ->
              assertThatExceptionOfType(InterruptedException.class).isThrownBy(semaphore::acquire));
      Thread.sleep(30);

      threads.shutdownNow();

      waiter.get();
      semaphore.release();
      assertThat(semaphore.tryAcquire()).isTrue();
    }
  }

  @Test
  void waiterIsNotForgottenWhenThoseBesideItRunOutOfTime() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(0);
        var threads = Executors.newCachedThreadPool()) {
      for (var round = 0; round < 100; round++) {
        var impatient = new ArrayList<Future<?>>();
        for (var i = 0; i < 3; i++) {
          impatient.add(threads.submit(() -> lookAFewTimes(semaphore)));
        }
        var patient = threads.submit(() -> semaphore.tryAcquire(Duration.ofSeconds(20)));
        for (var each : impatient) {
          each.get();
        }

        semaphore.release();

        assertThat(patient.get(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void shortWaitsNoticeDeathsToo() throws Exception {
    try (var semaphore = SharedSemaphore.owned(1);
        var holder = TestChild.start(() -> takeAndHold(semaphore, 1))) {
      holder.said();
      assertThat(semaphore.tryAcquire(SHORT)).isFalse();
      holder.kill();

      var deadline = System.nanoTime() + LONG.toNanos();
      while (!semaphore.tryAcquire(SHORT)) {
        assertThat(System.nanoTime() - deadline).isNegative();
      }

      assertThat(semaphore.availablePermits()).isZero();
    }
  }

  @Test
  void waitOfLessThanNoTimeIsOverAtOnce() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(0)) {
      assertThat(semaphore.tryAcquire(Duration.ofNanos(Long.MIN_VALUE))).isFalse();
      assertThat(semaphore.tryAcquire(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void closeByTheCreatorEndsTheWaits(Kind kind) throws Exception {
    var semaphore = kind.create(0);
    try (var child =
        TestChild.start(() -> {
          TestChild.say("waiting");
          try {
            semaphore.acquire();
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      child.said();
      Thread.sleep(30);

      semaphore.close();

      assertThat(child.said()).contains("was closed by its creator");
      child.join();
    }
    assertThatIllegalStateException().isThrownBy(semaphore::tryAcquire);
    assertThatIllegalStateException().isThrownBy(semaphore::release);
  }

  @Test
  void deathOfTheCreatorEndsAWaitForPermitsThatNobodyOwns() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          TestChild.say(Copies.toText(SharedSemaphore.unowned(0)));
          TestChild.hear();
        })) {
      try (var semaphore = (SharedSemaphore) Copies.fromText(creator.said())) {
        creator.kill();

        assertThatExceptionOfType(MultiprocessingException.class)
            .isThrownBy(semaphore::acquire)
            .withMessageEndingWith("has lost its creator, process " + creator.pid());
      }
    }
  }

  @Test
  void virtualThreadsThatWaitLeaveTheirCarrierToTheOneThatReleases() throws Exception {
    try (var child =
        TestChild.start(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
            () -> {
              try (var one = SharedSemaphore.unowned(0);
                  var two = SharedSemaphore.owned(1);
                  var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                two.acquire();
                var waiters =
                    List.of(
                        threads.submit(() -> acquired(one)), threads.submit(() -> acquired(two)));
                threads.submit(() -> LockSupport.parkNanos(50_000_000)).get();
                threads.submit(() -> one.release()).get();
                threads.submit(() -> two.release()).get();
                for (var waiter : waiters) {
                  waiter.get();
                }
              }
            })) {
      child.join();
    }
  }

  @Test
  void impossibleCountsAreRefused() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedSemaphore.owned(-1))
        .withMessage("permits must be between 0 and 1073741823: -1");
    try (var semaphore = SharedSemaphore.unowned(1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> semaphore.release(Integer.MAX_VALUE));
      assertThatIllegalArgumentException().isThrownBy(() -> semaphore.release((1 << 30) - 1));
      assertThat(semaphore.availablePermits()).isEqualTo(1);
    }
  }

  private static @Nullable Void lookAFewTimes(SharedSemaphore semaphore)
      throws InterruptedException {
    for (var i = 0; i < 10; i++) {
      assertThat(semaphore.tryAcquire(Duration.of(300, ChronoUnit.MICROS))).isFalse();
    }
    return null;
  }

  private static boolean acquired(SharedSemaphore semaphore) throws InterruptedException {
    semaphore.acquire();
    return true;
  }

  private static void takeAndHold(SharedSemaphore semaphore, int count) throws Exception {
    semaphore.acquire(count);
    TestChild.say("held");
    TestChild.hear();
  }

  @Test
  void allPermitsAreTakenAtOnce() throws Exception {
    try (var owned = SharedSemaphore.owned(3);
        var unowned = SharedSemaphore.unowned(3)) {
      for (var semaphore : List.of(owned, unowned)) {
        assertThat(semaphore.drainPermits()).isEqualTo(3);
        assertThat(semaphore.drainPermits()).isZero();
        semaphore.release(2);
        assertThat(semaphore.drainPermits()).isEqualTo(2);
      }
    }
  }

  @Test
  void interruptDoesNotEndAnUninterruptibleWaitAndStaysSet() throws Exception {
    try (var semaphore = SharedSemaphore.unowned(0)) {
      var waiter =
          new FutureTask<>(() -> {
            semaphore.acquireUninterruptibly(2);
            return Thread.interrupted();
          });
      var thread = Thread.ofPlatform().start(waiter);
      thread.interrupt();
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> waiter.get(200, TimeUnit.MILLISECONDS));

      semaphore.release(2);

      assertThat(waiter.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(semaphore.availablePermits()).isZero();
    }
  }
}
