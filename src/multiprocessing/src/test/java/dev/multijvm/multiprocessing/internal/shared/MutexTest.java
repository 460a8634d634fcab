package dev.multijvm.multiprocessing.internal.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One file mapped twice in one JVM: each mapping is a participant of its own, as two processes
/// are.
@Timeout(60)
class MutexTest {

  private static final long COUNTER = SharedFile.BODY + Mutex.SIZE;
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);

  private SharedFile oneFile;
  private SharedFile otherFile;
  private Mutex one;
  private Mutex other;

  @BeforeEach
  void make() throws IOException {
    oneFile = SharedFile.create(SharedKind.LOCK, Mutex.SIZE + 8);
    otherFile = SharedFile.openApart(SharedKind.LOCK, oneFile.path());
    one = new Mutex(oneFile, SharedFile.BODY);
    other = new Mutex(otherFile, SharedFile.BODY);
  }

  @AfterEach
  void close() throws IOException {
    otherFile.close(other::abandon, List.of(other.berth()));
    oneFile.close(one::abandon, List.of(one.berth()));
  }

  @Test
  void onlyOneHoldsIt() throws InterruptedException {
    one.lock();

    assertThat(other.tryLock()).isFalse();
    assertThat(other.tryLock(1_000_000)).isFalse();
    assertThat(one.isHeldByCurrentThread()).isTrue();
    assertThat(other.isHeldByCurrentThread()).isFalse();

    one.unlock();
    assertThat(other.tryLock()).isTrue();
    other.unlock();
  }

  @Test
  void holderMayTakeItAgainAndGivesItBackAsOften() {
    one.lock();
    one.lock();
    assertThat(one.tryLock()).isTrue();
    assertThat(one.holdCount()).isEqualTo(3);
    one.unlock();
    one.unlock();

    assertThat(other.tryLock()).isFalse();

    one.unlock();
    assertThat(other.tryLock()).isTrue();
    other.unlock();
  }

  @Test
  void onlyTheHolderMayUnlock() {
    other.lock();

    assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(one::unlock);

    other.unlock();
  }

  @Test
  void waiterIsWokenByTheUnlock() throws Exception {
    one.lock();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter = threads.submit(() -> lockAndUnlock(other));
      awaitSleeper();

      one.unlock();

      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void interruptEndsAWaitThatAllowsIt() throws Exception {
    one.lock();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() -> {
            assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(other::lockInterruptibly);
            assertThat(other.isHeldByCurrentThread()).isFalse();
            return Thread.currentThread().isInterrupted();
          });
      awaitSleeper();

      threads.shutdownNow();

      assertThat(waiter.get()).isFalse();
    }
    one.unlock();
    assertThat(other.tryLock()).isTrue();
    other.unlock();
  }

  @Test
  void interruptDoesNotEndAWaitThatDoesNotAllowItAndIsNotLost() throws Exception {
    one.lock();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var waiter =
          threads.submit(() -> {
            other.lock();
            other.unlock();
            return Thread.currentThread().isInterrupted();
          });
      awaitSleeper();

      threads.shutdownNow();
      assertThat(waiter.isDone()).isFalse();
      one.unlock();

      assertThat(waiter.get()).isTrue();
    }
  }

  @Test
  void closeEndsTheWaitsOfBothSides() throws Exception {
    one.lock();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      var here = threads.submit(() -> lockAndUnlock(one));
      var there = threads.submit(() -> lockAndUnlock(other));
      awaitSleeper();

      oneFile.close(one::abandon, List.of(one.berth()));

      assertThatExceptionOfType(Exception.class)
          .isThrownBy(there::get)
          .havingCause()
          .isInstanceOf(IllegalStateException.class)
          .withMessageContaining("was closed by its creator");
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> {
            one.unlock();
            here.get();
          });
    }
    assertThatIllegalStateException().isThrownBy(one::lock);
    assertThat(one.isHeldByCurrentThread()).isFalse();
    assertThatIllegalStateException().isThrownBy(other::tryLock);
  }

  @Test
  void holderThatClosesItsHandleLeavesTheLockToOthersWithAWarning() throws Exception {
    other.lock();

    otherFile.close(other::abandon, List.of(other.berth()));

    assertThat(one.tryLock(LONG_NANOS)).isTrue();
    assertThat(one.previousOwnerDied()).isTrue();
    one.unlock();
    assertThat(one.tryLock()).isTrue();
    assertThat(one.previousOwnerDied()).isFalse();
    one.unlock();
  }

  @Test
  void platformThreadsOfTwoParticipantsNeverOverlap() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      count(threads, 4, 20_000);
    }
  }

  @Test
  void virtualThreadsOfTwoParticipantsNeverOverlap() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      count(threads, 200, 200);
    }
  }

  @Test
  @Tag("stress")
  @Timeout(600)
  void threadsOfTwoParticipantsNeverOverlapInALongRun() throws Exception {
    try (var threads = Executors.newFixedThreadPool(6)) {
      count(threads, 6, 3_000_000);
    }
  }

  /// Each task adds with plain reads and writes under the lock; every addition must be there.
  private void count(ExecutorService threads, int tasks, int rounds) throws Exception {
    var work = new ArrayList<Callable<Integer>>();
    for (var task = 0; task < tasks; task++) {
      var mine = task % 2 == 0 ? one : other;
      var file = task % 2 == 0 ? oneFile : otherFile;
      work.add(() -> {
        for (var round = 0; round < rounds; round++) {
          mine.lock();
          try {
            Words.LONG.set(
                file.segment(), COUNTER, (long) Words.LONG.get(file.segment(), COUNTER) + 1);
            if (round % 1000 == 0) {
              LockSupport.parkNanos(1);
            }
          } finally {
            mine.unlock();
          }
        }
        return rounds;
      });
    }
    for (var done : threads.invokeAll(work)) {
      done.get();
    }

    assertThat((long) Words.LONG.get(oneFile.segment(), COUNTER)).isEqualTo((long) tasks * rounds);
  }

  private static boolean lockAndUnlock(Mutex mutex) {
    mutex.lock();
    mutex.unlock();
    return true;
  }

  private void awaitSleeper() throws InterruptedException {
    while ((int) Words.INT.getVolatile(oneFile.segment(), SharedFile.BODY) >= 0) {
      Thread.sleep(1);
    }
    Thread.sleep(5);
  }
}
