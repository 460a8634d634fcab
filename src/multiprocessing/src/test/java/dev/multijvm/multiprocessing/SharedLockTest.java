package dev.multijvm.multiprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@SuppressWarnings("LockNotBeforeTry") // The tests look at single steps.
class SharedLockTest {

  private static final List<String> WITHOUT_NATIVE_ACCESS = List.of();

  @Test
  void plainAdditionsUnderTheLockAreAllThereFromThreeProcesses() throws Exception {
    try (var lock = SharedLock.create();
        var sum = SharedMemory.create(8)) {
      TestChild.Job job = () -> add(lock, sum, 20_000);
      try (var one = TestChild.start(job);
          var two = TestChild.start(job)) {
        add(lock, sum, 20_000);
        one.join();
        two.join();
      }

      assertThat(sum.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(60_000);
    }
  }

  @Test
  void processWithoutNativeAccessTakesPartAndPrintsNoWarning() throws Exception {
    try (var lock = SharedLock.create();
        var sum = SharedMemory.create(8);
        var child = TestChild.start(WITHOUT_NATIVE_ACCESS, () -> add(lock, sum, 20_000))) {
      add(lock, sum, 20_000);
      child.join();

      assertThat(sum.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(40_000);
      assertThat(child.errors()).isEmpty();
    }
  }

  @Test
  void lockOfAKilledHolderGoesToTheNextWhoIsTold() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      assertThat(lock.tryLock()).isFalse();
      assertThat(lock.tryLock(1, TimeUnit.MILLISECONDS)).isFalse();

      holder.kill();
      lock.lock();

      assertThat(lock.previousOwnerDied()).isTrue();
      lock.unlock();
      lock.lock();
      assertThat(lock.previousOwnerDied()).isFalse();
      lock.unlock();
    }
  }

  @Test
  void waitersOfAKilledHolderGetTheLockOneAfterTheOther() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      TestChild.Job wait =
          () -> {
            TestChild.say("waiting");
            lock.lock();
            TestChild.say(lock.previousOwnerDied());
            lock.unlock();
          };
      try (var one = TestChild.start(wait);
          var two = TestChild.start(wait)) {
        one.said();
        two.said();

        holder.kill();

        assertThat(List.of(one.said(), two.said())).containsExactlyInAnyOrder("true", "false");
        one.join();
        two.join();
      }
    }
  }

  @Test
  void tryLockFindsADeadHolderToo() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      holder.kill();

      while (!lock.tryLock()) {
        Thread.sleep(1);
      }

      assertThat(lock.previousOwnerDied()).isTrue();
      lock.unlock();
    }
  }

  @Test
  void shortWaitsFindADeadHolderToo() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      holder.kill();

      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!lock.tryLock(5, TimeUnit.MILLISECONDS)) {
        assertThat(System.nanoTime() - deadline).isNegative();
      }

      assertThat(lock.previousOwnerDied()).isTrue();
      lock.unlock();
    }
  }

  @Test
  void stoppedHolderKeepsTheLock() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      Signals.send("STOP", holder.pid());

      assertThat(lock.tryLock(300, TimeUnit.MILLISECONDS)).isFalse();
    }
  }

  @Test
  void holderAndWaiterKilledTogetherLeaveTheLockToTheThird() throws Exception {
    try (var lock = SharedLock.create();
        var holder = TestChild.start(() -> holdForever(lock))) {
      holder.said();
      try (var waiter =
          TestChild.start(() -> {
            TestChild.say("waiting");
            holdForever(lock);
          })) {
        waiter.said();

        waiter.kill();
        holder.kill();

        assertThat(lock.tryLock(30, TimeUnit.SECONDS)).isTrue();
        lock.unlock();
      }
    }
  }

  @Test
  void closeByTheCreatorEndsTheWaitInAnotherProcess() throws Exception {
    var lock = SharedLock.create();
    lock.lock();
    try (var child =
        TestChild.start(() -> {
          TestChild.say("waiting");
          try {
            lock.lock();
          } catch (IllegalStateException e) {
            TestChild.say(e.getMessage());
            TestChild.say(lock.isHeldByCurrentThread());
          }
        })) {
      child.said();
      Thread.sleep(50);

      lock.close();

      assertThat(child.said())
          .contains("was closed by its creator, process " + ProcessHandle.current().pid());
      assertThat(child.said()).isEqualTo("false");
      child.join();
    }
  }

  @Test
  void closeEndsTheWaitOfAnotherThreadThoughTheHolderNeverUnlocks() throws Exception {
    var lock = SharedLock.create();
    lock.lock();
    var waiter = new FutureTask<>(() -> assertThatIllegalStateException().isThrownBy(lock::lock));
    Thread.startVirtualThread(waiter);
    Thread.sleep(50);

    lock.close();

    waiter.get(30, TimeUnit.SECONDS);
  }

  @Test
  void lockOutlivesAKilledCreator() throws Exception {
    try (var creator =
        TestChild.start(() -> {
          var lock = SharedLock.create();
          lock.lock();
          TestChild.say(Copies.toText(lock));
          TestChild.hear();
        })) {
      var lock = (SharedLock) Copies.fromText(creator.said());
      try (lock) {
        creator.kill();

        lock.lock();

        assertThat(lock.previousOwnerDied()).isTrue();
        lock.unlock();
      }
    }
  }

  @Test
  void virtualThreadsThatWaitLeaveTheirCarrierToOthers() throws Exception {
    try (var lock = SharedLock.create();
        var other = SharedLock.create()) {
      lock.lock();
      other.lock();
      try (var child =
          TestChild.start(
              List.of(
                  "--enable-native-access=ALL-UNNAMED",
                  "-Djdk.virtualThreadScheduler.parallelism=1",
                  "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
              () -> {
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                  var one = threads.submit(() -> lockAndUnlock(lock));
                  var two = threads.submit(() -> lockAndUnlock(other));
                  // Both sleep by now or soon; the only carrier is free all the same.
                  for (var i = 0; i < 20; i++) {
                    threads.submit(() -> LockSupport.parkNanos(10_000_000)).get();
                  }
                  TestChild.say("free");
                  one.get();
                  two.get();
                }
              })) {
        assertThat(child.said()).isEqualTo("free");
        other.unlock();
        lock.unlock();
        child.join();
      }
    }
  }

  @Test
  void manyProcessesThatOpenAtOnceAllTakePart() throws Exception {
    try (var lock = SharedLock.create();
        var sum = SharedMemory.create(8)) {
      var children = new ArrayList<TestChild>();
      try {
        for (var i = 0; i < 8; i++) {
          children.add(TestChild.start(() -> add(lock, sum, 100)));
        }
        for (var child : children) {
          child.join();
        }
      } finally {
        for (var child : children) {
          child.close();
        }
      }

      assertThat(sum.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(800);
    }
  }

  @Test
  void onlyTheHolderMayUnlockOrAsk() throws IOException {
    try (var lock = SharedLock.create()) {
      assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
      assertThatExceptionOfType(IllegalMonitorStateException.class)
          .isThrownBy(lock::previousOwnerDied);
    }
  }

  @Test
  void closedLockIsRefused() throws IOException {
    var lock = SharedLock.create();

    lock.close();

    assertThatIllegalStateException().isThrownBy(lock::lock);
    assertThatIllegalStateException().isThrownBy(lock::tryLock);
    assertThatIllegalStateException().isThrownBy(lock::newCondition);
  }

  private static boolean lockAndUnlock(SharedLock lock) {
    lock.lock();
    lock.unlock();
    return true;
  }

  private static void holdForever(SharedLock lock) throws IOException {
    lock.lock();
    TestChild.say("held");
    TestChild.hear();
  }

  private static void add(SharedLock lock, SharedMemory sum, int rounds) {
    var segment = sum.segment();
    for (var i = 0; i < rounds; i++) {
      lock.lock();
      try {
        segment.set(ValueLayout.JAVA_LONG, 0, segment.get(ValueLayout.JAVA_LONG, 0) + 1);
      } finally {
        lock.unlock();
      }
    }
  }
}
