package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.SteppedWorkload;
import dev.multijvm.multiprocessing.SharedLong;
import java.util.concurrent.locks.Lock;

/// Takes a lock `rounds` times and stays `holdNanos` in the room behind it, where two must never
/// meet.
///
/// @param lock which all tasks of a batch share
/// @param room 1 while somebody is inside, else 0; read and written as cheaply as can be
/// @param rounds how often, at least 1
/// @param holdNanos how long inside, by looking at the clock; 0 is in and out
public record LockTurns(Lock lock, SharedLong room, int rounds, int holdNanos)
    implements SteppedWorkload {

  /// Checks the values.
  public LockTurns {
    if (rounds < 1 || holdNanos < 0) {
      throw new IllegalArgumentException(
          "1 <= rounds, 0 <= holdNanos must hold: rounds " + rounds + ", holdNanos " + holdNanos);
    }
  }

  /// Returns how many rounds of a task make some ten milliseconds.
  public static int roundsOf(int holdNanos) {
    return holdNanos == 0 ? 100_000 : 20_000_000 / holdNanos;
  }

  @Override
  public String kernel() {
    return "lock-turns";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long steps() {
    return rounds;
  }

  @Override
  public LockTurns withSteps(long steps) {
    return new LockTurns(lock, room, Math.toIntExact(steps), holdNanos);
  }

  /// The lock's word is compared and set, and set again.
  @Override
  public double floorCycles() {
    return 4.0;
  }

  /// One less for each time that somebody was inside already.
  @Override
  public long answer() {
    return rounds;
  }

  @Override
  public Long call() {
    long alone = 0;
    for (int i = 0; i < rounds; i++) {
      lock.lock();
      try {
        alone += 1 - room.get();
        room.setRelease(1);
        stay();
        room.setRelease(0);
      } finally {
        lock.unlock();
      }
    }
    return alone;
  }

  private void stay() {
    if (holdNanos > 0) {
      long end = System.nanoTime() + holdNanos;
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }
}
