package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.shared.Apart;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The pid of a dead process now belongs to a living one: whatever the dead one held is given back
/// all the same. A second participant in this JVM plays the dead.
@Timeout(60)
class PidReuseTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void lockGoesToTheNextWhoIsTold() throws Exception {
    try (var lock = SharedLock.create();
        var dead = new SharedLock(Apart.open(lock.file))) {
      dead.lock();
      Apart.givePidToAnotherProcess(dead.file);

      assertThat(lock.tryLock(30, SECONDS)).isTrue();

      assertThat(lock.previousOwnerDied()).isTrue();
      lock.unlock();
    }
  }

  @Test
  void ownedPermitsReturn() throws Exception {
    try (var semaphore = SharedSemaphore.owned(2);
        var dead = new SharedSemaphore(Apart.open(semaphore.file))) {
      dead.acquire(2);
      Apart.givePidToAnotherProcess(dead.file);

      assertThat(semaphore.tryAcquire(2, LONG)).isTrue();

      semaphore.release(2);
    }
  }

  @Test
  void barrierBreaks() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var dead = new SharedBarrier(Apart.open(barrier.file));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var arrived = threads.submit(() -> dead.await(LONG));
      while (barrier.getNumberWaiting() < 1) {
        Thread.sleep(1);
      }
      Apart.givePidToAnotherProcess(dead.file);

      assertThatThrownBy(() -> barrier.await(LONG)).isInstanceOf(BrokenBarrierException.class);

      assertThatThrownBy(arrived::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(BrokenBarrierException.class);
    }
  }

  @Test
  void elementThatWasTakenIsNoLongerWaitedFor() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var dead = new SharedQueue<Integer>(Apart.open(queue.file))) {
      queue.put(1);
      assertThat(dead.take()).isEqualTo(1);
      Apart.givePidToAnotherProcess(dead.file);

      assertThat(queue.join(LONG)).isTrue();
    }
  }
}
