package dev.multijvm.multiprocessing.internal.shared;

import java.util.List;

/// The permits of a semaphore that processes share, counted in one word.
public abstract sealed class Permits permits UnownedPermits, OwnedPermits {

  /// The most that there can be.
  public static final int MOST = (1 << 30) - 1;

  final SharedFile file;
  final PermitWord word;

  /// @param offset of the word in `file`
  Permits(SharedFile file, long offset) {
    this.file = file;
    this.word = new PermitWord(file, offset);
  }

  /// Takes `count` permits if there are as many.
  ///
  /// @param others whether others may sleep, of whom this thread knows because it slept too
  public abstract boolean tryTake(int count, boolean others);

  /// Gives back `count` permits.
  public abstract void give(int count);

  /// How many there are now.
  public final int available() {
    return word.available();
  }

  /// Sleeps until there may be `count` permits, or for a while.
  ///
  /// @throws InterruptedException if the thread is interrupted
  public final void sleep(Waiting waiting, int count) throws InterruptedException {
    word.sleep(waiting, count);
  }

  /// Sees whether those are alive on whom a wait depends.
  public abstract void check();

  /// Passes on a wake-up that a thread got and did not use.
  public final void wakeAnother() {
    if (!file.isClosed()) {
      word.berth().wake(1);
    }
  }

  /// A wait for permits.
  public final Waiting waiting(long timeoutNanos) {
    return new Waiting(word.berth(), timeoutNanos);
  }

  /// Wherever threads may sleep.
  public abstract List<Berth> berths();

  /// Lets go of what threads of this process hold, when its handle is closed.
  public abstract void giveUp();
}
