package dev.multijvm.multiprocessing.internal.shared;

import java.util.List;

/// The permits of a semaphore that processes share.
public sealed interface Permits permits UnownedPermits, OwnedPermits {

  /// The most that there can be.
  int MOST = (1 << 30) - 1;

  /// Takes `count` permits if there are as many.
  ///
  /// @param others whether others may sleep, of whom this thread knows because it slept too
  boolean tryTake(int count, boolean others);

  /// Gives back `count` permits.
  void give(int count);

  /// How many there are now.
  int available();

  /// Sleeps until there may be `count` permits, or for a while.
  ///
  /// @throws InterruptedException if the thread is interrupted
  void sleep(Waiting waiting, int count) throws InterruptedException;

  /// Sees whether those are alive on whom a wait depends.
  void check();

  /// Passes on a wake-up that a thread got and did not use.
  void wakeAnother();

  /// A wait for permits.
  Waiting waiting(long timeoutNanos);

  /// Wherever threads may sleep.
  List<Berth> berths();

  /// Lets go of what threads of this process hold, when its handle is closed.
  void giveUp();
}
