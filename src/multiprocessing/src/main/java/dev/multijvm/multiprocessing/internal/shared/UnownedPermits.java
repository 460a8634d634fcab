package dev.multijvm.multiprocessing.internal.shared;

import java.util.List;

/// Permits that belong to nobody: what a dead process took stays taken.
public final class UnownedPermits extends Permits {

  /// How many bytes of shared memory they take.
  public static final long SIZE = Words.APART;

  /// @param offset in `file`, a multiple of [Words#APART]
  public UnownedPermits(SharedFile file, long offset) {
    super(file, offset);
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
  public void check() {
    file.requireCreator(word.berth());
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
