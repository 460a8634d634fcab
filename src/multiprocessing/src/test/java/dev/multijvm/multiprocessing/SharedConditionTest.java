package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // The tests look at single steps.
class SharedConditionTest {

  private SharedLock lock;
  private Condition condition;
  private SharedLong state;

  @BeforeEach
  void make() throws IOException {
    lock = SharedLock.create();
    condition = lock.newCondition();
    state = SharedLong.create(0);
  }

  @AfterEach
  void close() {
    state.close();
    lock.close();
  }

  @Test
  void twoProcessesTakeTurns() throws Exception {
    takeTurnsWithAChild(2_000);
  }

  @Test
  @Tag("stress")
  @Timeout(600)
  void twoProcessesTakeTurnsForLong() throws Exception {
    takeTurnsWithAChild(300_000);
  }

  @Test
  void signalWakesOneWaiterAndSignalAllTheOthers() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiters = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 5; i++) {
        waiters.add(threads.submit(() -> awaitOnce(lock, condition)));
      }
      awaitWaiters(5);

      underLock(condition::signal);

      while (done(waiters) == 0) {
        Thread.sleep(1);
      }
      // Longer than a sleeper sleeps before it looks again.
      Thread.sleep(250);
      assertThat(done(waiters)).isEqualTo(1);

      underLock(condition::signalAll);

      for (var waiter : waiters) {
        assertThat(waiter.get()).isTrue();
      }
    }
  }

  @Test
  void signalOfTheOneWhoThenWaitsGoesToTheOther() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var other = threads.submit(() -> awaitOnce(lock, condition));
      awaitWaiters(1);

      lock.lock();
      condition.signal();
      var signalled = condition.await(50, TimeUnit.MILLISECONDS);
      lock.unlock();

      assertThat(signalled).isFalse();
      assertThat(other.get()).isTrue();
    }
  }

  @Test
  void killedWaiterTakesNoSignalWithIt() throws Exception {
    var lock = this.lock;
    var condition = this.condition;
    try (var doomed = TestChild.start(() -> awaitAndTell(lock, condition));
        var other = TestChild.start(() -> awaitAndTell(lock, condition))) {
      doomed.said();
      other.said();
      awaitWaiters(2);

      doomed.kill();
      underLock(condition::signal);

      assertThat(other.said()).isEqualTo("signalled");
      other.join();
    }
  }

  @Test
  void waiterReacquiresFromAKilledHolderAndIsTold() throws Exception {
    var lock = this.lock;
    var condition = this.condition;
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() -> {
            lock.lock();
            try {
              condition.await();
              return lock.previousOwnerDied();
            } finally {
              lock.unlock();
            }
          });
      awaitWaiters(1);
      try (var holder =
          TestChild.start(() -> {
            lock.lock();
            condition.signal();
            TestChild.say("signalled");
            TestChild.hear();
          })) {
        holder.said();

        holder.kill();

        assertThat(waiter.get()).isTrue();
      }
    }
  }

  @Test
  void waitGivesBackEveryHoldAndTakesThemAgain() throws Exception {
    var lock = this.lock;
    var condition = this.condition;
    lock.lock();
    lock.lock();
    try (var child = TestChild.start(() -> underLock(lock, condition::signal))) {
      condition.await();

      child.join();
    }
    lock.unlock();
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
    assertThat(lock.isHeldByCurrentThread()).isFalse();
  }

  @Test
  void timeoutEndsTheWaitWithTheLockHeld() throws Exception {
    lock.lock();

    assertThat(condition.await(1, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(condition.awaitNanos(1_000_000)).isNotPositive();
    assertThat(condition.awaitUntil(Date.from(Instant.now().plusMillis(5)))).isFalse();
    assertThat(condition.awaitUntil(Date.from(Instant.EPOCH))).isFalse();
    var earliest = Instant.ofEpochMilli(Long.MIN_VALUE);
    assertThat(condition.awaitUntil(Date.from(earliest))).isFalse();

    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
  }

  @Test
  void interruptEndsTheWaitWithTheLockHeld() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() -> {
            lock.lock();
            try {
              assertThatExceptionOfType(InterruptedException.class).isThrownBy(condition::await);
              return lock.isHeldByCurrentThread();
            } finally {
              lock.unlock();
            }
          });
      awaitWaiters(1);

      threads.shutdownNow();

      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void uninterruptibleWaitKeepsTheInterruptForLater() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() -> {
            lock.lock();
            try {
              condition.awaitUninterruptibly();
              return Thread.currentThread().isInterrupted();
            } finally {
              lock.unlock();
            }
          });
      awaitWaiters(1);

      threads.shutdownNow();
      underLock(condition::signal);

      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void uninterruptibleWaitThatIsEndedByCloseKeepsTheInterruptToo() throws Exception {
    var isKept =
        new FutureTask<>(() -> {
          lock.lock();
          try {
            assertThatIllegalStateException().isThrownBy(condition::awaitUninterruptibly);
            return Thread.currentThread().isInterrupted();
          } finally {
            lock.unlock();
          }
        });
    var waiter = Thread.ofPlatform().daemon().start(isKept);
    awaitWaiters(1);
    waiter.interrupt();
    while (waiter.isInterrupted()) {
      Thread.sleep(1); // until it has taken notice
    }

    lock.close();

    assertThat(isKept.get()).isTrue();
  }

  @Test
  void thousandVirtualThreadsAreAllSignalled() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiters = new ArrayList<Future<Boolean>>();
      for (var i = 0; i < 1000; i++) {
        waiters.add(threads.submit(() -> awaitOnce(lock, condition)));
      }
      awaitWaiters(1000);

      underLock(condition::signalAll);

      for (var waiter : waiters) {
        assertThat(waiter.get()).isTrue();
      }
    }
  }

  @Test
  void closeEndsTheWait() throws Exception {
    var lock = this.lock;
    var condition = this.condition;
    try (var child =
        TestChild.start(() -> {
          try {
            awaitAndTell(lock, condition);
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
          }
        })) {
      child.said();
      awaitWaiters(1);

      lock.close();

      assertThat(child.said()).contains("was closed by its creator");
      child.join();
    }
  }

  @Test
  void onlyTheHolderOfTheLockMayUseIt() {
    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(condition::signal);
    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(condition::signalAll);
    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(condition::await);
  }

  @Test
  void lockHasAtMostSixtyConditions() {
    for (var i = 1; i < 60; i++) {
      lock.newCondition();
    }

    assertThatIllegalStateException()
        .isThrownBy(lock::newCondition)
        .withMessageEndingWith("has 60 conditions already");
  }

  @Test
  void conditionThatArrivesTwiceIsOneObject() throws Exception {
    assertThat(Copies.copyOf(condition)).isSameAs(condition);
  }

  private void takeTurnsWithAChild(int turns) throws Exception {
    var lock = this.lock;
    var condition = this.condition;
    var state = this.state;
    try (var child = TestChild.start(() -> takeTurns(lock, condition, state, turns, 1))) {
      takeTurns(lock, condition, state, turns, 0);
      child.join();

      assertThat(state.get()).isEqualTo(turns);
    }
  }

  private static void takeTurns(
      SharedLock lock, Condition condition, SharedLong state, int turns, int parity)
      throws InterruptedException {
    lock.lock();
    try {
      while (state.get() < turns) {
        while (state.get() < turns && state.get() % 2 != parity) {
          condition.await();
        }
        if (state.get() < turns) {
          state.getAndAdd(1);
        }
        condition.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean awaitOnce(SharedLock lock, Condition condition)
      throws InterruptedException {
    lock.lock();
    try {
      return condition.await(60, TimeUnit.SECONDS);
    } finally {
      lock.unlock();
    }
  }

  private static void awaitAndTell(SharedLock lock, Condition condition)
      throws InterruptedException {
    TestChild.say("waiting");
    lock.lock();
    try {
      condition.await();
      TestChild.say("signalled");
    } finally {
      lock.unlock();
    }
  }

  private void underLock(Runnable action) {
    underLock(lock, action);
  }

  private static void underLock(SharedLock lock, Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Returns when so many wait, and each has given back the lock.
  private void awaitWaiters(int count) throws InterruptedException {
    while (true) {
      lock.lock();
      try {
        if (((SharedCondition) condition).waiting() == count) {
          return;
        }
      } finally {
        lock.unlock();
      }
      Thread.sleep(1);
    }
  }

  private static long done(List<Future<Boolean>> waiters) {
    return waiters.stream().filter(Future::isDone).count();
  }
}
