package dev.multijvm.multiprocessing.internal.shared;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A reentrant lock between the threads of several processes: one word in shared memory.
///
/// | offset | size | field  | written by        | read by    | meaning                                                |
/// |-------:|-----:|--------|-------------------|------------|--------------------------------------------------------|
/// |      0 |    4 | `word` | CAS, any process  | waiters    | 0 free, else the owner's ticket; bit 31: somebody sleeps |
///
/// Two levels: the threads of this process first take `threads`, so that only one of them at a time
/// deals with the word; that gives reentrancy, ownership by threads and interrupts, and parks
/// virtual threads. One CAS takes the word and another gives it back, so at every instant the word
/// tells who holds it.
///
/// If the owner's process is dead, one of the waiters takes the word over, and [#previousOwnerDied]
/// says so until it unlocks.
///
/// A thread looks if the file is closed after it got `threads` and before it takes the word. Who
/// closes the file looks if somebody has `threads` afterwards. So one of the two sees the other: no
/// word is taken that could not be given back, because the memory is gone.
public final class Mutex {

  /// How many bytes of shared memory it takes; alone on its cache lines.
  public static final long SIZE = Words.APART;

  private static final int SLEEPERS = 1 << 31;

  /// How long a thread that waits for another of its process may not notice that the file is
  /// closed.
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// How long who closes the file waits for others in the middle of something.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  private final SharedFile file;
  private final long offset;
  private final int ticket;
  private final Berth berth;
  private final ReentrantLock threads = new ReentrantLock();

  /// Whether the thread that holds `threads` has the word, or will not take it any more. Written
  /// with `threads`, read by who closes the file.
  private final AtomicBoolean settled = new AtomicBoolean();

  /// Written by the thread that holds `threads`.
  private boolean previousOwnerDied;

  /// When somebody who does not wait for long last looked if the owner is alive; any thread, racy.
  private volatile long lastCheck = System.nanoTime();

  /// @param offset of the word in `file`, a multiple of [Words#APART]
  public Mutex(SharedFile file, long offset) {
    this.file = file;
    this.offset = offset;
    this.ticket = file.participants().ticket();
    this.berth = new Berth(file, offset);
  }

  /// Where waiters sleep.
  public Berth berth() {
    return berth;
  }

  /// Waits until this thread holds it. If this throws, it does not.
  ///
  /// @throws IllegalStateException if the file is closed
  public void lock() {
    if (!threads.tryLock()) {
      var _ = uninterruptibly(this::awaitThreads);
    }
    if (threads.getHoldCount() > 1) {
      return;
    }
    var held = false;
    try {
      held = takeWord() || uninterruptibly(this::awaitWord);
    } finally {
      if (!held) {
        threads.unlock();
      }
    }
  }

  /// As [#lock], but ended by an interrupt.
  public void lockInterruptibly() throws InterruptedException {
    tryLock(Waiting.FOREVER);
  }

  /// Waits at most so long; not at all if `timeoutNanos` is not positive.
  ///
  /// @return whether this thread holds it now
  public boolean tryLock(long timeoutNanos) throws InterruptedException {
    var waiting = new Waiting(berth, timeoutNanos);
    if (!awaitThreads(waiting)) {
      return false;
    }
    if (threads.getHoldCount() > 1) {
      return true;
    }
    var held = false;
    try {
      held = takeWord() || awaitWord(waiting);
    } finally {
      if (!held) {
        threads.unlock();
      }
    }
    return held;
  }

  /// Takes it if it is free, or if its owner is found dead, which is looked at ten times a second.
  public boolean tryLock() {
    if (!threads.tryLock()) {
      return false;
    }
    if (threads.getHoldCount() > 1) {
      return true;
    }
    var held = false;
    try {
      held = takeWord() || takeWordOfDead();
    } finally {
      if (!held) {
        threads.unlock();
      }
    }
    return held;
  }

  /// Gives it back once for each time it was taken. If the file was closed meanwhile, nothing is
  /// left to be given back, and that is no error.
  ///
  /// @throws IllegalMonitorStateException if this thread does not hold it
  public void unlock() {
    var holds = threads.getHoldCount();
    if (holds == 0) {
      throw new IllegalMonitorStateException("not held by this thread: " + file);
    }
    try {
      if (holds == 1) {
        settled.setRelease(false);
        releaseWord();
      }
    } finally {
      threads.unlock();
    }
  }

  /// Gives it back altogether, for a while.
  ///
  /// @return how many times this thread held it
  public int unlockFully() {
    var holds = threads.getHoldCount();
    for (var hold = 0; hold < holds; hold++) {
      unlock();
    }
    return holds;
  }

  /// Takes it again after [#unlockFully]. If the file is closed, only the lock of this process is
  /// taken, so that the caller's `unlock` finds what it expects.
  ///
  /// @throws IllegalStateException if the file is closed and another thread keeps the lock of this
  ///   process; then this thread has nothing
  public void relock(int holds) {
    var _ = uninterruptibly(this::awaitThreads);
    for (var hold = 1; hold < holds; hold++) {
      threads.lock();
    }
    try {
      var _ = takeWord() || uninterruptibly(this::awaitWord);
    } catch (IllegalStateException e) {
      file.throwUnlessClosed(e);
      settled.setRelease(true);
    }
  }

  public boolean isHeldByCurrentThread() {
    return threads.isHeldByCurrentThread();
  }

  /// How many times this thread holds it.
  public int holdCount() {
    return threads.getHoldCount();
  }

  /// Whether the process that held it before died without giving it back, so that what it guards
  /// may be half changed. Only the holder may ask.
  public boolean previousOwnerDied() {
    return previousOwnerDied;
  }

  /// Gives up what a thread of this process holds, when the file is closed here and still mapped:
  /// the next owner is told that the previous one is gone. Nobody here takes the word afterwards.
  public void abandon() {
    awaitEnd(() -> threads.isLocked() && !settled.getAcquire());
    var seen = (int) Words.INT.getVolatile(file.segment(), offset);
    while ((seen & ~SLEEPERS) == ticket) {
      var left = Participants.ABANDONED | (seen & SLEEPERS);
      var witness = (int) Words.INT.compareAndExchange(file.segment(), offset, seen, left);
      if (witness == seen) {
        return;
      }
      seen = witness;
    }
  }

  /// For a lock under which no code of the user runs, when the file is closed here and still
  /// mapped: waits until no thread of this process has it. None takes it afterwards.
  public void awaitIdle() {
    awaitEnd(threads::isLocked);
  }

  /// Waits until it is no longer so. Whoever sleeps is woken, to see that the file is closed.
  private void awaitEnd(BooleanSupplier isSo) {
    var start = System.nanoTime();
    while (isSo.getAsBoolean() && System.nanoTime() - start < PATIENCE_NANOS) {
      file.wakeSleepers(berth);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Its holder need not unlock it when the file is closed, so that is looked at now and then.
  private boolean awaitThreads(Waiting waiting) throws InterruptedException {
    while (!threads.tryLock(Math.min(waiting.leftNanos(), LOOK_NANOS), TimeUnit.NANOSECONDS)) {
      file.requireOpen();
      if (waiting.isOver()) {
        return false;
      }
    }
    return true;
  }

  /// The fast path. The CAS pairs with the one in `clearWord`.
  private boolean takeWord() {
    file.requireOpen();
    return Words.INT.compareAndSet(file.segment(), offset, 0, ticket) && settle();
  }

  private boolean settle() {
    settled.setRelease(true);
    return true;
  }

  private void releaseWord() {
    previousOwnerDied = false;
    try {
      clearWord();
    } catch (IllegalStateException e) {
      file.throwUnlessClosed(e);
    }
  }

  private void clearWord() {
    // Not a plain exchange: an abandoned word is somebody else's already.
    if (Words.INT.compareAndSet(file.segment(), offset, ticket, 0)) {
      return;
    }
    if (Words.INT.compareAndSet(file.segment(), offset, ticket | SLEEPERS, 0)) {
      berth.wake(1);
      return;
    }
    // The bit can be set between the two, never taken away by others.
    var seen = (int) Words.INT.getVolatile(file.segment(), offset);
    if ((seen & ~SLEEPERS) == ticket) {
      clearWord();
    }
  }

  /// A wait that an interrupt ends.
  @FunctionalInterface
  private interface Wait {
    boolean await(Waiting waiting) throws InterruptedException;
  }

  /// Waits without end and without regard to interrupts, which it sets again.
  private boolean uninterruptibly(Wait wait) {
    var waiting = new Waiting(berth, Waiting.FOREVER);
    var interrupted = false;
    try {
      while (true) {
        try {
          return wait.await(waiting);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The slow path. Whoever slept leaves the bit for sleepers set when it takes the word, because
  /// it cannot know whether others still sleep; that costs one needless wake at the end.
  private boolean awaitWord(Waiting waiting) throws InterruptedException {
    var segment = file.segment();
    var done = false;
    try {
      while (true) {
        file.requireOpen();
        var seen = (int) Words.INT.getVolatile(segment, offset);
        var mark = waiting.hasSlept() ? SLEEPERS : seen & SLEEPERS;
        var owner = seen & ~SLEEPERS;
        if (owner == 0) {
          if (Words.INT.compareAndSet(segment, offset, seen, ticket | mark)) {
            done = settle();
            return true;
          }
        } else if (isLookDue(waiting) && file.participants().isDead(owner)) {
          if (Words.INT.compareAndSet(segment, offset, seen, ticket | SLEEPERS)) {
            previousOwnerDied = true;
            done = settle();
            return true;
          }
        } else if (!waiting.spin()) {
          if (waiting.isOver()) {
            return false;
          }
          if (seen < 0 || Words.INT.compareAndSet(segment, offset, seen, seen | SLEEPERS)) {
            waiting.sleep(seen | SLEEPERS);
          }
        }
      }
    } finally {
      if (!done && waiting.hasSlept() && !file.isClosed()) {
        // Perhaps a wake-up came to this thread, which now leaves: pass it on.
        berth.wake(1);
      }
    }
  }

  private boolean takeWordOfDead() {
    file.requireOpen();
    var seen = (int) Words.INT.getVolatile(file.segment(), offset);
    var owner = seen & ~SLEEPERS;
    if (owner == 0
        || !isLookDue()
        || !file.participants().isDead(owner)
        || !Words.INT.compareAndSet(file.segment(), offset, seen, ticket | (seen & SLEEPERS))) {
      return false;
    }
    previousOwnerDied = true;
    return settle();
  }

  /// Whether to look if the owner is alive: every 100 ms of a wait, and at the end of a short one.
  private boolean isLookDue(Waiting waiting) {
    return waiting.isCheckDue() || (waiting.isOver() && isLookDue());
  }

  /// Ten times a second at most, for those who do not wait that long.
  private boolean isLookDue() {
    var now = System.nanoTime();
    if (now - lastCheck < Waiting.CHECK_NANOS) {
      return false;
    }
    lastCheck = now;
    return true;
  }
}
