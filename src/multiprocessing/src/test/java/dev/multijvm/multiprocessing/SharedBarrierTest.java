package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SharedBarrierTest {

  @Test
  void threeProcessesMeetManyTimesAndNobodyRunsAhead() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var sum = SharedLong.create(0)) {
      TestChild.Job job =
          () -> {
            for (var round = 1; round <= 200; round++) {
              sum.incrementAndGet();
              barrier.await();
              if (sum.get() != 3L * round) {
                throw new AssertionError(sum.get() + " in round " + round);
              }
              barrier.await();
            }
          };
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        job.run();
        one.join();
        two.join();
      }

      assertThat(sum.get()).isEqualTo(600);
      assertThat(barrier.isBroken()).isFalse();
    }
  }

  @Test
  void eachPartyLearnsHowManyWereStillToCome() throws Exception {
    try (var barrier = SharedBarrier.create(50);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var parties = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 50; i++) {
        parties.add(threads.submit(() -> barrier.await()));
      }
      var indices = new TreeSet<Integer>();
      for (var party : parties) {
        indices.add(party.get());
      }

      assertThat(indices).hasSize(50).startsWith(0).endsWith(49);
      assertThat(barrier.getNumberWaiting()).isZero();
      assertThat(barrier.getParties()).isEqualTo(50);
    }
  }

  @Test
  void barrierBreaksWhenAnArrivedPartyDies() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var doomed = TestChild.start(() -> barrier.await());
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      awaitWaiting(barrier, 1);
      var here =
          threads.submit(() ->
              assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await));
      awaitWaiting(barrier, 2);

      doomed.kill();

      here.get();
      assertThat(barrier.isBroken()).isTrue();
      assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await);
    }
  }

  @Test
  void barrierBreaksForTheLastPartyIfOneHasDiedThatWaitedAlone() throws Exception {
    try (var barrier = SharedBarrier.create(2);
        var doomed = TestChild.start(() -> barrier.await())) {
      awaitWaiting(barrier, 1);
      doomed.kill();

      assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await);
      assertThat(barrier.isBroken()).isTrue();
    }
  }

  @Test
  void timeoutBreaksTheBarrierForAll() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var other =
          threads.submit(() ->
              assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await));
      awaitWaiting(barrier, 1);

      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> barrier.await(Duration.ofMillis(5)));

      other.get();
      assertThat(barrier.isBroken()).isTrue();
    }
  }

  @Test
  void interruptBreaksTheBarrierForAll() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var child =
            TestChild.start(() -> {
              try {
                barrier.await();
              } catch (BrokenBarrierException _) {
                TestChild.say("broken");
              }
            });
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      awaitWaiting(barrier, 1);
      var interrupted =
          threads.submit(() ->
              assertThatExceptionOfType(InterruptedException.class).isThrownBy(barrier::await));
      awaitWaiting(barrier, 2);

      threads.shutdownNow();

      interrupted.get();
      assertThat(child.said()).isEqualTo("broken");
      child.join();
    }
  }

  @Test
  void resetSendsAwayWhoWaitsAndMakesItWhole() throws Exception {
    try (var barrier = SharedBarrier.create(2);
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() ->
              assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(barrier::await));
      awaitWaiting(barrier, 1);

      barrier.reset();

      waiter.get();
      assertThat(barrier.isBroken()).isFalse();
      var next = threads.submit(() -> barrier.await());
      assertThat(barrier.await() + next.get()).isEqualTo(1);
    }
  }

  @Test
  void closeByTheCreatorEndsTheWaits() throws Exception {
    var barrier = SharedBarrier.create(3);
    try (var child =
        TestChild.start(() -> {
          try {
            barrier.await();
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      awaitWaiting(barrier, 1);

      barrier.close();

      assertThat(child.said()).contains("was closed by its creator");
      child.join();
    }
    assertThatIllegalStateException().isThrownBy(barrier::await);
  }

  @Test
  void barrierOfOneNeverWaits() throws Exception {
    try (var barrier = SharedBarrier.create(1)) {
      assertThat(barrier.await()).isZero();
      assertThat(barrier.await()).isZero();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SharedBarrier.create(0))
        .withMessage("parties must be positive: 0");
  }

  private static void awaitWaiting(SharedBarrier barrier, int count) throws InterruptedException {
    while (barrier.getNumberWaiting() < count) {
      Thread.sleep(1);
    }
  }
}
