package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.Shares;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.lang.foreign.MemorySegment;

/// What the file of a queue holds besides its elements.
///
/// | offset | size | field         | written by         | read by | meaning                                       |
/// |-------:|-----:|---------------|--------------------|---------|-----------------------------------------------|
/// |      0 |  128 | `tailLock`    | `Mutex`            |         | held to put                                   |
/// |    128 |  128 | `headLock`    | `Mutex`            |         | held to take                                  |
/// |    256 |    4 | `tailSegment` | holder of tailLock | openers | a segment at or before the last one           |
/// |    260 |    4 | `put`         | holder of tailLock | all     | elements put so far, as the segment counts them |
/// |    264 |    4 | `putter`      | holder of tailLock | same    | the ticket of who held it last                |
/// |    384 |    4 | `headSegment` | holder of headLock | openers | the first segment                             |
/// |    388 |    4 | `taken`       | holder of headLock | all     | elements taken so far, as the segment counts them |
/// |    392 |    4 | `taker`       | holder of headLock | same    | the ticket of who held it last                |
/// |    512 |    4 | `takersSleep` | all                | all     | 1: somebody sleeps until an element comes     |
/// |    640 |    4 | `puttersSleep`| all                | all     | 1: somebody sleeps until there is room        |
/// |    768 |    4 | `joinersSleep`| all                | all     | 1: somebody sleeps until all is done          |
/// |    896 |    4 | `capacity`    | creator            | all     | the most elements; 0: no limit                |
/// |   1024 | 8192 | `undone`      | holder of headLock |         | taken and not done, by process: see `Shares`  |
///
/// `put` and `taken` repeat what the last and first segment count, for those who hold no lock. If a
/// holder dies between the two, the next holder of that lock repeats it.
final class QueueHeader {

  static final long TAIL_LOCK = SharedFile.BODY;
  static final long HEAD_LOCK = TAIL_LOCK + Mutex.SIZE;
  private static final long TAIL_SEGMENT = HEAD_LOCK + Mutex.SIZE;
  private static final long PUT = TAIL_SEGMENT + 4;
  static final long PUTTER = PUT + 4;
  private static final long HEAD_SEGMENT = TAIL_SEGMENT + Words.APART;
  private static final long TAKEN = HEAD_SEGMENT + 4;
  static final long TAKER = TAKEN + 4;
  static final long TAKERS_SLEEP = HEAD_SEGMENT + Words.APART;
  static final long PUTTERS_SLEEP = TAKERS_SLEEP + Words.APART;
  static final long JOINERS_SLEEP = PUTTERS_SLEEP + Words.APART;
  private static final long CAPACITY = JOINERS_SLEEP + Words.APART;
  static final long UNDONE = CAPACITY + Words.APART;

  /// How many bytes it takes.
  static final long SIZE = UNDONE + Shares.SIZE - SharedFile.BODY;

  private final MemorySegment segment;
  private final int ticket;
  private int capacity;

  QueueHeader(SharedFile file) {
    segment = file.segment();
    ticket = file.participants().ticket();
    capacity = (int) Words.INT.get(segment, CAPACITY);
  }

  /// By the creator, before anybody else knows of the queue.
  void prepare(int capacity, int firstSegment) {
    this.capacity = capacity;
    Words.INT.set(segment, TAIL_SEGMENT, firstSegment);
    Words.INT.set(segment, HEAD_SEGMENT, firstSegment);
    Words.INT.set(segment, CAPACITY, capacity);
  }

  int capacity() {
    return capacity;
  }

  int size() {
    var taken = taken();
    return Math.max(0, put() - taken);
  }

  boolean isFull() {
    return capacity > 0 && size() >= capacity;
  }

  int put() {
    return (int) Words.INT.getVolatile(segment, PUT);
  }

  /// For the holder of the tail's lock.
  int putByUs() {
    return (int) Words.INT.get(segment, PUT);
  }

  void setPut(int count) {
    Words.INT.setRelease(segment, PUT, count);
  }

  int taken() {
    return (int) Words.INT.getVolatile(segment, TAKEN);
  }

  void setTaken(int count) {
    Words.INT.setRelease(segment, TAKEN, count);
  }

  int tailSegment() {
    return (int) Words.INT.getAcquire(segment, TAIL_SEGMENT);
  }

  void setTailSegment(int number) {
    Words.INT.setRelease(segment, TAIL_SEGMENT, number);
  }

  int headSegment() {
    return (int) Words.INT.getAcquire(segment, HEAD_SEGMENT);
  }

  void setHeadSegment(int number) {
    Words.INT.setRelease(segment, HEAD_SEGMENT, number);
  }

  /// Whether another process may have held `lock` since this one did; notes that this one has it.
  ///
  /// What a process has seen of the other side holds until another one has had its lock: from then
  /// on the counts that it remembers could be any number of rounds behind.
  ///
  /// @param lastOwner [#PUTTER] or [#TAKER], which the lock guards
  boolean hasChangedHands(Mutex lock, long lastOwner) {
    if ((int) Words.INT.get(segment, lastOwner) == ticket && !lock.previousOwnerDied()) {
      return false;
    }
    Words.INT.set(segment, lastOwner, ticket);
    return true;
  }
}
