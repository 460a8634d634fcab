package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/// A condition of a [SharedLock].
///
/// | offset | size | field     | written by         | read by            | meaning                                     |
/// |-------:|-----:|-----------|--------------------|--------------------|---------------------------------------------|
/// |      0 |    4 | `signals` | holder of the lock | waiters            | signals given so far; where waiters sleep   |
/// |      4 |    4 | `claimed` | holder of the lock | holder of the lock | signals that a waiter has taken             |
/// |      8 |    4 | `waiting` | holder of the lock | holder of the lock | waiters, the dead ones included             |
///
/// A waiter remembers how many signals there were when it came, and takes one of those given later.
/// No signal is addressed to anybody, so a dead waiter keeps none from the others; it only leaves
/// `waiting` too high, which can make a later wait end for no reason.
///
/// `signals` changes under the lock; waiters read it without, and sleep as long as it has not
/// moved.
final class SharedCondition implements Condition, Serializable {

  @Serial private static final long serialVersionUID = 1;

  /// How many bytes of shared memory a condition takes.
  static final long SIZE = 64;

  private static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT.withName("signals"),
          ValueLayout.JAVA_INT.withName("claimed"),
          ValueLayout.JAVA_INT.withName("waiting"));
  private static final long SIGNALS = LAYOUT.byteOffset(PathElement.groupElement("signals"));
  private static final long CLAIMED = LAYOUT.byteOffset(PathElement.groupElement("claimed"));
  private static final long WAITING = LAYOUT.byteOffset(PathElement.groupElement("waiting"));

  private final transient SharedLock lock;
  private final transient Mutex mutex;
  private final transient MemorySegment segment;
  private final transient long offset;
  private final transient Berth berth;
  private final transient int index;

  SharedCondition(SharedLock lock, int index, long offset) {
    this.lock = lock;
    this.mutex = lock.mutex();
    this.segment = lock.file.segment();
    this.index = index;
    this.offset = offset;
    this.berth = new Berth(lock.file, offset + SIGNALS);
  }

  @Override
  public void await() throws InterruptedException {
    sleepForSignal(Waiting.FOREVER, Interrupts.END_THE_WAIT);
  }

  @Override
  public void awaitUninterruptibly() {
    try {
      sleepForSignal(Waiting.FOREVER, Interrupts.ARE_PUT_OFF);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupts are put off", e);
    }
  }

  @Override
  public long awaitNanos(long timeoutNanos) throws InterruptedException {
    var start = System.nanoTime();
    sleepForSignal(timeoutNanos, Interrupts.END_THE_WAIT);
    return Math.max(0, timeoutNanos) - (System.nanoTime() - start);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return sleepForSignal(unit.toNanos(time), Interrupts.END_THE_WAIT);
  }

  /// As [#awaitNanos] until the deadline, which is turned into a duration at once: later steps of
  /// the wall clock do not matter.
  @Override
  @SuppressWarnings("JavaUtilDate") // The interface wants it.
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    var left = Duration.between(Instant.now(), Instant.ofEpochMilli(deadline.getTime()));
    return sleepForSignal(Waiting.nanos(left), Interrupts.END_THE_WAIT);
  }

  @Override
  public void signal() {
    requireHeld();
    var claimed = plain(CLAIMED);
    var signals = plain(SIGNALS);
    if (signals - claimed < plain(WAITING)) {
      give(signals + 1, 1);
    }
  }

  @Override
  public void signalAll() {
    requireHeld();
    var all = plain(CLAIMED) + plain(WAITING);
    if (all - plain(SIGNALS) > 0) {
      give(all, Integer.MAX_VALUE);
    }
  }

  Berth berth() {
    return berth;
  }

  /// How many wait, dead ones included; only for the holder of the lock.
  int waiting() {
    return plain(WAITING);
  }

  private void give(int signals, int wake) {
    Words.INT.setVolatile(segment, offset + SIGNALS, signals); // pairs with sleepUnlocked
    berth.wake(wake);
  }

  /// @return whether a signal came, rather than the end of the time
  private boolean sleepForSignal(long timeoutNanos, Interrupts interrupts)
      throws InterruptedException {
    requireHeld();
    if (interrupts == Interrupts.END_THE_WAIT && Thread.interrupted()) {
      throw new InterruptedException();
    }
    var waiting = new Waiting(berth, timeoutNanos);
    var arrival = plain(SIGNALS);
    add(WAITING, 1);
    var interrupted = false;
    try {
      while (true) {
        sleepUnlocked(waiting, plain(SIGNALS));
        interrupted |= Thread.interrupted();
        if (claim(arrival)) {
          return true;
        }
        if (interrupted && interrupts == Interrupts.END_THE_WAIT) {
          leave();
          interrupted = false;
          throw new InterruptedException();
        }
        if (waiting.isOver()) {
          leave();
          return false;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Gives the lock back, sleeps, and takes the lock again as often as it was held. An interrupt
  /// ends the sleep and stays to be seen.
  private void sleepUnlocked(Waiting waiting, int seen) {
    var holds = mutex.unlockFully();
    try {
      while (signals() == seen && !waiting.isOver()) {
        if (!waiting.spin()) {
          waiting.sleep(seen);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      mutex.relock(holds);
    }
    lock.file.requireOpen();
  }

  /// Takes a signal given since `arrival`, if there is one that nobody has taken.
  private boolean claim(int arrival) {
    var signals = plain(SIGNALS);
    if (signals - arrival <= 0 || signals == plain(CLAIMED)) {
      return false;
    }
    // In this order, so that whoever dies in between leaves `waiting` too high, not too low.
    add(CLAIMED, 1);
    add(WAITING, -1);
    return true;
  }

  /// Leaves without a signal. A wake-up that this process got may have been for another.
  private void leave() {
    add(WAITING, -1);
    if (plain(SIGNALS) != plain(CLAIMED)) {
      berth.wake(1);
    }
  }

  private void requireHeld() {
    if (!mutex.isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException("its lock is not held by this thread: " + lock);
    }
    lock.file.requireOpen();
  }

  /// What a waiter reads without the lock; pairs with `give`.
  private int signals() {
    return (int) Words.INT.getVolatile(segment, offset + SIGNALS);
  }

  /// Plain access is enough under the lock.
  private int plain(long field) {
    return (int) Words.INT.get(segment, offset + field);
  }

  private void add(long field, int delta) {
    Words.INT.set(segment, offset + field, plain(field) + delta);
  }

  @Serial
  private Object writeReplace() {
    return new Handle(lock, index);
  }

  private enum Interrupts {
    END_THE_WAIT,
    ARE_PUT_OFF
  }

  /// What travels instead of the condition.
  private record Handle(SharedLock lock, int index) implements Serializable {
    @Serial
    Object readResolve() {
      return lock.condition(index);
    }
  }
}
