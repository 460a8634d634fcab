package dev.multijvm.multiprocessing.internal.shared;

import java.util.List;

/// Permits that belong to nobody: what a dead process took stays taken.
public final class UnownedPermits implements Permits {

  /// How many bytes of shared memory they take.
  public static final long SIZE = Words.APART;

  private final SharedFile file;
  private final PermitWord word;

  /// @param offset in `file`, a multiple of [Words#APART]
  public UnownedPermits(SharedFile file, long offset) {
    this.file = file;
    this.word = new PermitWord(file, offset);
  }

  @Override
  public boolean tryTake(int count, boolean others) {
    return word.tryTake(count, others);
  }

  @Override
  public void give(int count) {
    word.give(count);
  }

  @Override
  public int available() {
    return word.available();
  }

  @Override
  public void sleep(Waiting waiting, int count) throws InterruptedException {
    word.sleep(waiting, count);
  }

  @Override
  public void check() {
    file.requireCreator();
  }

  @Override
  public void wakeAnother() {
    if (!file.isClosed()) {
      word.berth().wake(1);
    }
  }

  @Override
  public Waiting waiting(long timeoutNanos) {
    return new Waiting(word.berth(), timeoutNanos);
  }

  @Override
  public List<Berth> berths() {
    return List.of(word.berth());
  }

  @Override
  public void giveUp() {
    // Nobody knows how many are ours.
  }
}
