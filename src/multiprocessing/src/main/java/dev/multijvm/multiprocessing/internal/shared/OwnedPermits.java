package dev.multijvm.multiprocessing.internal.shared;

import java.util.List;

/// Permits that belong to the process which took them, and return when it dies.
///
/// | offset | size | field    | written by          | read by             | meaning                               |
/// |-------:|-----:|----------|---------------------|---------------------|---------------------------------------|
/// |      0 |  128 | `mutex`  | [Mutex]             | [Mutex]             | guards all that follows               |
/// |    128 |    4 | `word`   | holder of the mutex | all                 | the permits left, see `PermitWord`    |
/// |    256 |    4 | `total`  | creator, before use | holder of the mutex | all permits                           |
/// |    384 | 8192 | `shares` | holder of the mutex | holder of the mutex | what each process has, see [Shares]   |
///
/// `word` is always `total` less the shares, but for the moment in which a holder changes both. If
/// it dies in that moment, the next one computes `word` again.
public final class OwnedPermits extends Permits {

  private static final long WORD = Mutex.SIZE;
  private static final long TOTAL = WORD + Words.APART;
  private static final long SHARES = TOTAL + Words.APART;

  /// How many bytes of shared memory they take.
  public static final long SIZE = SHARES + Shares.SIZE;

  private final long offset;
  private final Mutex mutex;
  private final Shares shares;

  /// Whether this process has looked at its slot, and left nothing half done; under the mutex.
  private boolean joined;

  /// Under the mutex.
  private long lastCheck = System.nanoTime();

  /// @param offset in `file`, a multiple of [Words#APART]
  public OwnedPermits(SharedFile file, long offset) {
    super(file, offset + WORD);
    this.offset = offset;
    this.mutex = new Mutex(file, offset);
    this.shares = new Shares(file, offset + SHARES);
  }

  /// Sets how many there are; by the creator, before anybody else knows of them.
  public void setTotal(int total) {
    Words.INT.set(file.segment(), offset + TOTAL, total);
    word.reset(total);
  }

  @Override
  public boolean tryTake(int count, boolean others) {
    lock();
    try {
      if (!word.tryTake(count, others)) {
        return false;
      }
      shares.add(count);
      return true;
    } finally {
      mutex.unlock();
    }
  }

  /// Gives back `count` permits.
  ///
  /// @throws IllegalMonitorStateException if this process has fewer
  @Override
  public void give(int count) {
    lock();
    try {
      var mine = shares.mine();
      if (mine < count) {
        throw new IllegalMonitorStateException(
            "this process has %d permits of %s, not %d".formatted(mine, file, count));
      }
      shares.add(-count);
      word.give(count);
    } finally {
      mutex.unlock();
    }
  }

  /// Takes back the permits of dead processes, ten times a second at most.
  @Override
  public void check() {
    lock();
    try {
      var now = System.nanoTime();
      if (now - lastCheck >= Waiting.CHECK_NANOS) {
        lastCheck = now;
        takeBackFromDead();
      }
    } finally {
      mutex.unlock();
    }
  }

  @Override
  public List<Berth> berths() {
    return List.of(word.berth(), mutex.berth());
  }

  @Override
  public void giveUp() {
    mutex.awaitIdle();
    shares.abandon();
    mutex.abandon();
  }

  /// Takes the mutex and mends what a dead holder left half done, or a dead process left in our
  /// slot.
  private void lock() {
    mutex.lock();
    if (!joined || mutex.previousOwnerDied()) {
      mend();
    }
  }

  private void mend() {
    joined = false;
    try {
      shares.removeDead();
      word.reset((int) Words.INT.get(file.segment(), offset + TOTAL) - shares.sum());
      joined = true;
    } finally {
      if (!joined) {
        mutex.unlock();
      }
    }
  }

  private void takeBackFromDead() {
    var taken = shares.removeDead();
    if (taken > 0) {
      word.give(taken);
    }
  }
}
