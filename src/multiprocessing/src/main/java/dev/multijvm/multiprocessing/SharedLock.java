package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/// A reentrant lock between the threads of several processes.
///
/// ```java
/// lock.lock();
/// try {
///   if (lock.previousOwnerDied()) {
///     repair(account);
///   }
///   account.set(account.get() - 10);
/// } finally {
///   lock.unlock();
/// }
/// ```
///
/// It is robust: if a process dies while it holds the lock, the next one that wants it gets it
/// within about 100 ms, and [#previousOwnerDied] is true until that one unlocks. To unlock is to
/// say that all is repaired, even if the repair threw: where it may throw, keep a mark of your own
/// in shared memory. A wait for a condition unlocks too, so ask again after it. A process that is
/// stopped is not dead.
///
/// What a thread did before [#unlock] is visible to whoever locks after it, in shared memory. The
/// lock is not fair. Waiting costs no CPU after a short spin, given [native
/// access][dev.multijvm.multiprocessing]; virtual threads park.
public final class SharedLock extends Shared implements Lock {

  @Serial private static final long serialVersionUID = 1;

  /// How many conditions a lock can have.
  static final int MOST_CONDITIONS = 60;

  // | offset   | size | field            | written and read by | meaning                |
  // |---------:|-----:|------------------|---------------------|------------------------|
  // |        0 |  128 | `mutex`          | `Mutex`             | the lock itself        |
  // |      128 |    4 | `conditionCount` | any, getAndAdd      | how many were made     |
  // | 192+64*i |   64 | `conditions[i]`  | `SharedCondition`   | the i-th condition     |
  private static final long CONDITION_COUNT = SharedFile.BODY + Mutex.SIZE;
  private static final long CONDITIONS = CONDITION_COUNT + SharedCondition.SIZE;

  private final transient Mutex mutex;

  /// Those this process has used.
  private final transient Map<Integer, SharedCondition> conditions = new ConcurrentHashMap<>();

  SharedLock(SharedFile file) {
    super(file);
    mutex = new Mutex(file, SharedFile.BODY);
  }

  /// Makes a lock that nobody holds.
  ///
  /// @throws IOException if there is no room for it
  public static SharedLock create() throws IOException {
    var size = CONDITIONS + MOST_CONDITIONS * SharedCondition.SIZE - SharedFile.BODY;
    return made(new SharedLock(SharedFile.create(SharedKind.LOCK, size)));
  }

  /// Waits until this thread holds the lock; an interrupt does not end that. If this throws, the
  /// lock is not held.
  ///
  /// @throws IllegalStateException if the lock was closed, here or by its creator
  @Override
  public void lock() {
    mutex.lock();
  }

  /// Waits until this thread holds the lock or is interrupted; an interrupt can go unnoticed for
  /// 100 ms.
  ///
  /// @throws IllegalStateException if the lock was closed, here or by its creator
  @Override
  public void lockInterruptibly() throws InterruptedException {
    mutex.lockInterruptibly();
  }

  /// Takes the lock if nobody holds it. A process looks for a dead owner every 100 ms at most, and
  /// between two looks this returns false.
  @Override
  public boolean tryLock() {
    return mutex.tryLock();
  }

  /// Waits until this thread holds the lock, is interrupted, or the time is over.
  ///
  /// @return whether it holds the lock
  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    return mutex.tryLock(unit.toNanos(time));
  }

  /// Gives the lock back, once for each time it was taken.
  ///
  /// @throws IllegalMonitorStateException if this thread does not hold it
  @Override
  public void unlock() {
    mutex.unlock();
  }

  /// A new condition of this lock.
  ///
  /// Make it once and send it to other processes, as the lock is: a second call makes a second
  /// condition. A waiter that dies takes no signal with it. A process that dies before it signals
  /// wakes nobody: wait with a timeout where that may be.
  ///
  /// @throws IllegalStateException if the lock has 60 already
  @Override
  public Condition newCondition() {
    file.requireOpen();
    var index = (int) Words.INT.getAndAdd(file.segment(), CONDITION_COUNT, 1);
    if (index < 0 || index >= MOST_CONDITIONS) {
      Words.INT.getAndAdd(file.segment(), CONDITION_COUNT, -1);
      throw new IllegalStateException(
          "%s has %d conditions already".formatted(file, MOST_CONDITIONS));
    }
    return condition(index);
  }

  /// Whether the process that held the lock before died while it held it. What the lock guards may
  /// then be half changed.
  ///
  /// @throws IllegalMonitorStateException if this thread does not hold the lock
  public boolean previousOwnerDied() {
    requireHeld();
    return mutex.previousOwnerDied();
  }

  /// Whether this thread holds the lock.
  public boolean isHeldByCurrentThread() {
    return mutex.isHeldByCurrentThread();
  }

  /// Ends the use of the lock. In the process that made it this ends it for all: whoever waits for
  /// it, in whatever process, gets an [IllegalStateException]. Elsewhere, if a thread of this
  /// process holds it, the next owner is told that the previous one died. Whoever waits for one of
  /// its conditions here gets that exception too; while another thread keeps the lock and never
  /// gives it back, without the lock. Closing twice is harmless.
  @Override
  public void close() {
    super.close();
  }

  @Override
  void giveUp() {
    mutex.abandon();
  }

  @Override
  Stream<Berth> berths() {
    return Stream.concat(
        Stream.of(mutex.berth()), conditions.values().stream().map(SharedCondition::berth));
  }

  Mutex mutex() {
    return mutex;
  }

  /// The one object of this process for that condition.
  SharedCondition condition(int index) {
    return conditions.computeIfAbsent(
        index, _ -> new SharedCondition(this, index, CONDITIONS + index * SharedCondition.SIZE));
  }

  private void requireHeld() {
    if (!mutex.isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException("not held by this thread: " + file);
    }
  }
}
