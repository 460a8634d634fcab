package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.OwnedPermits;
import dev.multijvm.multiprocessing.internal.shared.Permits;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.UnownedPermits;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.stream.Stream;

/// A semaphore between processes, with the verbs of [Semaphore][java.util.concurrent.Semaphore].
///
/// There are two kinds:
///
/// - [#owned]: a permit belongs to the process that took it. Only that process can give it back,
///   and if it dies or closes its handle, its permits return within about 100 ms. This is what
///   guards a number of places.
/// - [#unowned]: permits belong to nobody. One process may take and another give, as signals do;
///   there can be more than in the beginning; and what a dead process took stays taken. A wait ends
///   with a [MultiprocessingException] when the creator is dead.
///
/// What a thread did before [#release] is visible to whoever takes a permit after it. Not fair.
/// Waiting costs no CPU after a short spin, given [native access][dev.multijvm.multiprocessing];
/// virtual threads park; an interrupt can go unnoticed for 100 ms. Each method throws
/// [IllegalStateException] once the semaphore was closed, and [IllegalArgumentException] for a
/// count that is negative or not below 2^30, which is more than there can be.
public final class SharedSemaphore extends Shared {

  @Serial private static final long serialVersionUID = 1;

  // | offset | size | field     | written by          | read by | meaning                     |
  // |-------:|-----:|-----------|---------------------|---------|-----------------------------|
  // |      0 |    4 | `kind`    | creator, before use | openers | 1 owned, 0 unowned          |
  // |    128 |      | `permits` | any                 | any     | `Owned-` / `UnownedPermits` |
  private static final long KIND = SharedFile.BODY;
  private static final long PERMITS = KIND + Words.APART;
  private static final int OWNED = 1;

  private final transient Permits permits;

  SharedSemaphore(SharedFile file) {
    super(file);
    permits =
        (int) Words.INT.get(file.segment(), KIND) == OWNED
            ? new OwnedPermits(file, PERMITS)
            : new UnownedPermits(file, PERMITS);
  }

  /// Makes a semaphore whose permits belong to the process that took them.
  ///
  /// @throws IOException if there is no room for it
  public static SharedSemaphore owned(int permits) throws IOException {
    requirePermits(permits);
    var file = SharedFile.create(SharedKind.SEMAPHORE, Words.APART + OwnedPermits.SIZE);
    Words.INT.set(file.segment(), KIND, OWNED);
    new OwnedPermits(file, PERMITS).setTotal(permits);
    return made(new SharedSemaphore(file));
  }

  /// Makes a semaphore whose permits belong to nobody.
  ///
  /// @throws IOException if there is no room for it
  public static SharedSemaphore unowned(int permits) throws IOException {
    requirePermits(permits);
    var file = SharedFile.create(SharedKind.SEMAPHORE, Words.APART + UnownedPermits.SIZE);
    new UnownedPermits(file, PERMITS).give(permits);
    return made(new SharedSemaphore(file));
  }

  /// Takes a permit, and waits until there is one.
  public void acquire() throws InterruptedException {
    acquire(1);
  }

  /// Takes `count` permits at once, and waits until there are as many.
  public void acquire(int count) throws InterruptedException {
    take(count, Waiting.FOREVER);
  }

  /// Takes a permit, and waits until there is one; an interrupt does not end the wait, and stays
  /// set.
  public void acquireUninterruptibly() {
    acquireUninterruptibly(1);
  }

  /// As [#acquireUninterruptibly()], for `count` permits at once.
  public void acquireUninterruptibly(int count) {
    var interrupted = false;
    try {
      while (true) {
        try {
          acquire(count);
          return;
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

  /// Takes a permit if there is one.
  public boolean tryAcquire() {
    return tryAcquire(1);
  }

  /// Takes `count` permits at once if there are as many.
  public boolean tryAcquire(int count) {
    requirePermits(count);
    file.requireOpen();
    if (permits.tryTake(count, false)) {
      return true;
    }
    permits.check();
    return permits.tryTake(count, false);
  }

  /// Takes a permit, and waits for it at most so long; says whether it came.
  public boolean tryAcquire(Duration timeout) throws InterruptedException {
    return tryAcquire(1, timeout);
  }

  /// Takes `count` permits at once, and waits for them at most so long; says whether they came.
  public boolean tryAcquire(int count, Duration timeout) throws InterruptedException {
    return take(count, Waiting.nanos(timeout));
  }

  /// Takes all permits that there are at this instant, and returns how many those were.
  public int drainPermits() {
    while (true) {
      var count = availablePermits();
      if (tryAcquire(count)) {
        return count;
      }
    }
  }

  /// Gives a permit back.
  ///
  /// @throws IllegalMonitorStateException if permits are owned and this process has none
  /// @throws IllegalArgumentException if there were 2^30 permits then
  public void release() {
    release(1);
  }

  /// Gives `count` permits back.
  ///
  /// @throws IllegalMonitorStateException if permits are owned and this process has fewer
  /// @throws IllegalArgumentException if there were 2^30 permits or more then
  public void release(int count) {
    requirePermits(count);
    file.requireOpen();
    permits.give(count);
  }

  /// How many permits there are at this instant. Those of dead processes count once a waiter or
  /// [#tryAcquire] has noticed.
  public int availablePermits() {
    file.requireOpen();
    return permits.available();
  }

  @Override
  Stream<Berth> berths() {
    return permits.berths().stream();
  }

  @Override
  void giveUp() {
    permits.giveUp();
  }

  private boolean take(int count, long timeoutNanos) throws InterruptedException {
    requirePermits(count);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    file.requireOpen();
    if (permits.tryTake(count, false)) {
      return true;
    }
    var waiting = permits.waiting(timeoutNanos);
    var done = false;
    var isOver = false;
    try {
      while (!done && !isOver) {
        isOver = waiting.isOver();
        if (!isOver && !waiting.spin()) {
          permits.sleep(waiting, count);
        }
        // At the end too: the wait may have been too short for a check before.
        if (isOver || waiting.isCheckDue()) {
          permits.check();
        }
        done = permits.tryTake(count, waiting.hasSlept());
      }
      return done;
    } finally {
      if (!done && waiting.hasSlept()) {
        // Perhaps a wake-up came to this thread, which now leaves: pass it on.
        permits.wakeAnother();
      }
    }
  }

  private static void requirePermits(int count) {
    if (count < 0 || count > Permits.MOST) {
      throw new IllegalArgumentException(
          "permits must be between 0 and %d: %d".formatted(Permits.MOST, count));
    }
  }
}
