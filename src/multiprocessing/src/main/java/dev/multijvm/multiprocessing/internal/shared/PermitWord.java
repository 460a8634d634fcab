package dev.multijvm.multiprocessing.internal.shared;

import java.lang.foreign.MemorySegment;

/// The word that permits are counted in; waiters sleep at it.
///
/// | offset | size | field  | written by       | read by | meaning                                                     |
/// |-------:|-----:|--------|------------------|---------|-------------------------------------------------------------|
/// |      0 |    4 | `word` | CAS, any process | all     | permits; bit 31: somebody sleeps; bit 30: for more than one |
record PermitWord(MemorySegment segment, long offset, Berth berth) {

  private static final int MOST = Permits.MOST;
  private static final int SLEEPERS = 1 << 31;
  private static final int GREEDY = 1 << 30;

  PermitWord(SharedFile file, long offset) {
    this(file.segment(), offset, new Berth(file, offset));
  }

  /// How many permits there are now.
  int available() {
    return get() & MOST;
  }

  /// Sets the number of permits while nobody else takes or gives; sleepers may come and go.
  void reset(int permits) {
    while (true) {
      var seen = get();
      if (Words.INT.compareAndSet(segment, offset, seen, permits)) {
        wake(seen, Integer.MAX_VALUE);
        return;
      }
    }
  }

  boolean tryTake(int count, boolean others) {
    while (true) {
      var seen = get();
      if ((seen & MOST) < count) {
        return false;
      }
      var next = (seen - count) | (others ? SLEEPERS : 0);
      if (Words.INT.compareAndSet(segment, offset, seen, next)) { // pairs with give
        return true;
      }
    }
  }

  /// Wakes one process for each permit, or all if one of them may want several.
  void give(int count) {
    while (true) {
      var seen = get();
      if ((seen & MOST) > MOST - count) {
        throw new IllegalArgumentException(
            "more than %d permits: %d and %d".formatted(MOST, seen & MOST, count));
      }
      // The CAS is a full fence: either it sees the bit of a sleeper, or the sleeper sees its word
      // changed.
      if (Words.INT.compareAndSet(segment, offset, seen, (seen & MOST) + count)) {
        wake(seen, count);
        return;
      }
    }
  }

  /// Says that somebody sleeps, and sleeps unless there are enough permits now.
  void sleep(Waiting waiting, int count) throws InterruptedException {
    var bits = count > 1 ? SLEEPERS | GREEDY : SLEEPERS;
    var seen = (int) Words.INT.getAndBitwiseOr(segment, offset, bits) | bits;
    if ((seen & MOST) < count) {
      waiting.sleep(seen);
    }
  }

  private int get() {
    return (int) Words.INT.getVolatile(segment, offset);
  }

  private void wake(int seen, int count) {
    if ((seen & SLEEPERS) != 0) {
      berth.wake((seen & GREEDY) != 0 ? Integer.MAX_VALUE : count);
    }
  }
}
