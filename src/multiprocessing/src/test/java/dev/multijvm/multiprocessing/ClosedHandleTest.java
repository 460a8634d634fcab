package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.shared.Apart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of what a process has when it closes its handle and lives on.
@Timeout(120)
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // The tests look at single steps.
class ClosedHandleTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void questionsAreRefusedToo() throws Exception {
    var barrier = SharedBarrier.create(2);
    var semaphore = SharedSemaphore.unowned(2);
    SharedQueue<Integer> queue = SharedQueue.create();
    barrier.close();
    semaphore.close();
    queue.close();

    assertThatIllegalStateException().isThrownBy(barrier::getParties);
    assertThatIllegalStateException().isThrownBy(semaphore::availablePermits);
    assertThatIllegalStateException().isThrownBy(queue::remainingCapacity);
    assertThatIllegalStateException().isThrownBy(() -> queue.drainTo(new ArrayList<>(), 0));
  }

  @Test
  void questionsAreRefusedOnceTheCreatorHasClosed() throws Exception {
    var barrier = SharedBarrier.create(2);
    var semaphore = SharedSemaphore.unowned(2);
    SharedQueue<Integer> queue = SharedQueue.create();
    try (var barrierHandle = new SharedBarrier(Apart.open(barrier.file));
        var semaphoreHandle = new SharedSemaphore(Apart.open(semaphore.file));
        SharedQueue<Integer> queueHandle = new SharedQueue<>(Apart.open(queue.file))) {
      barrier.close();
      semaphore.close();
      queue.close();

      assertThatIllegalStateException().isThrownBy(barrierHandle::getParties);
      assertThatIllegalStateException().isThrownBy(semaphoreHandle::availablePermits);
      assertThatIllegalStateException().isThrownBy(queueHandle::remainingCapacity);
      assertThatIllegalStateException().isThrownBy(() -> queueHandle.drainTo(new ArrayList<>(), 0));
    }
  }

  /// A word that was taken in this moment could not be given back once the memory is gone.
  @Test
  void lockThatAThreadIsTakingIsLeftToOthers() throws Exception {
    try (var lock = SharedLock.create();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (var i = 0; i < 100; i++) {
        var handle = new SharedLock(Apart.open(lock.file));
        var taking =
            threads.submit(() -> {
              while (true) {
                handle.lock();
                handle.unlock();
              }
            });
        TimeUnit.MICROSECONDS.sleep(20L * i);

        handle.close();

        assertThatThrownBy(taking::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(lock.tryLock(10, TimeUnit.SECONDS)).isTrue();
        lock.unlock();
      }
    }
  }

  @Test
  void lockThatIsTakenByTheNextHandleOfTheSameProcessStaysTaken() throws Exception {
    try (var creator =
            TestChild.start(() -> {
              var lock = SharedLock.create();
              TestChild.say(Copies.toText(lock));
              TestChild.hear();
            });
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var text = creator.said();
      for (var i = 0; i < 200; i++) {
        var first = (SharedLock) Copies.fromText(text);
        var closing = threads.submit(first::close);
        var second = (SharedLock) Copies.fromText(text);
        try {
          second.lock();
          closing.get();
          second.unlock();
        } catch (IllegalStateException e) {
          assertThat(second).isSameAs(first); // It came before the close.
          continue;
        }
        if (second != first) {
          second.lock();
          assertThat(second.previousOwnerDied()).isFalse();
          second.unlock();
          second.close();
        }
        closing.get();
      }
    }
  }

  @Test
  void conditionIsNoLongerAwaitedThoughTheLockIsNeverGivenBack() throws Exception {
    var lock = SharedLock.create();
    var condition = lock.newCondition();
    var waiter =
        new FutureTask<>(
            () -> assertThatIllegalStateException().isThrownBy(() -> await(lock, condition)));
    Thread.startVirtualThread(waiter);
    while (((SharedCondition) condition).waiting() == 0) {
      Thread.sleep(1);
    }
    lock.lock();

    lock.close();

    waiter.get(30, TimeUnit.SECONDS);
  }

  @Test
  void ownedPermitsReturn() throws Exception {
    try (var semaphore = SharedSemaphore.owned(3)) {
      try (var handle = new SharedSemaphore(Apart.open(semaphore.file))) {
        handle.acquire(2);
        assertThat(semaphore.tryAcquire(2)).isFalse();
      }

      assertThat(semaphore.tryAcquire(3, LONG)).isTrue();
    }
  }

  @Test
  void barrierBreaksForThoseWhoWaitWithAThreadOfThisProcess() throws Exception {
    try (var barrier = SharedBarrier.create(3);
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var handle = new SharedBarrier(Apart.open(barrier.file));
      var here = threads.submit(() -> handle.await(LONG));
      var there = threads.submit(() -> barrier.await(LONG));
      while (barrier.getNumberWaiting() < 2) {
        Thread.sleep(1);
      }

      handle.close();

      assertThatThrownBy(here::get).hasCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(there::get).hasCauseInstanceOf(BrokenBarrierException.class);
    }
  }

  @Test
  void elementThatWasTakenAndNotDoneNoLongerHoldsUpJoin() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      queue.put(1);
      try (SharedQueue<Integer> handle = new SharedQueue<>(Apart.open(queue.file))) {
        assertThat(handle.take()).isEqualTo(1);
        assertThat(queue.join(Duration.ofMillis(150))).isFalse();
      }

      assertThat(queue.join(LONG)).isTrue();
    }
  }

  @Test
  void elementIsTakenOrStays() throws Exception {
    try (SharedQueue<Integer> queue = SharedQueue.withCapacity(10_000);
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (var i = 0; i < 100; i++) {
        SharedQueue<Integer> handle = new SharedQueue<>(Apart.open(queue.file));
        queue.addAll(IntStream.range(0, 10_000).boxed().toList());
        var all = new ArrayList<Integer>();
        var putting = threads.submit(() -> queue.offer(10_000, 60, TimeUnit.SECONDS));
        var taking =
            threads.submit(() -> {
              while (true) {
                all.add(handle.take());
              }
            });
        TimeUnit.MICROSECONDS.sleep(20L * i);

        handle.close();

        assertThatExceptionOfType(Exception.class).isThrownBy(taking::get);
        if (all.isEmpty()) {
          all.add(queue.take());
        }
        assertThat(putting.get()).isTrue();
        queue.drainTo(all);
        assertThat(all)
            .containsExactlyElementsOf(IntStream.rangeClosed(0, 10_000).boxed().toList());
      }
    }
  }

  @Test
  void queueIsWholeForOthersAfterACloseInTheMiddleOfAPut() throws Exception {
    try (SharedQueue<Object> queue = SharedQueue.create();
        var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (var i = 0; i < 200; i++) {
        SharedQueue<Object> handle = new SharedQueue<>(Apart.open(queue.file));
        var putting =
            threads.submit(() -> {
              for (var n = 0; ; n++) {
                handle.add(element(n));
              }
            });
        TimeUnit.MICROSECONDS.sleep(20L * i);

        handle.close();

        assertThatThrownBy(putting::get).hasCauseInstanceOf(IllegalStateException.class);
        var count = 0;
        for (var element = queue.poll(); element != null; element = queue.poll()) {
          assertThat(element).isEqualTo(element(count++));
        }
        queue.add("the end");
        assertThat(queue.poll()).isEqualTo("the end");
      }
    }
  }

  private static Object element(int number) {
    return number % 10 == 0 ? "x".repeat(number) : number;
  }

  private static void await(SharedLock lock, Condition condition) throws InterruptedException {
    lock.lock();
    condition.await();
  }
}
