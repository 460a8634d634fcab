package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// The end of a queue where elements are put, under a lock of its own.
final class Tail {

  private static final long LARGEST_USUAL_RING_SIZE = 16 * 1024 * 1024;

  private final QueueHeader header;
  private final Segments segments;
  private final Mutex lock;

  /// The last segment as far as this process knows, under `lock`.
  private @Nullable QueueSegment last;

  /// How many were taken when this process last looked, under `lock`; it may be more by now.
  private int knownTaken;

  Tail(SharedFile file, QueueHeader header, Segments segments) {
    this.header = header;
    this.segments = segments;
    lock = new Mutex(file, QueueHeader.TAIL_LOCK);
    knownTaken = header.taken();
  }

  Mutex mutex() {
    return lock;
  }

  /// Puts an element if there is room.
  boolean tryPut(Encoded element) {
    lock();
    try {
      if (!hasRoom()) {
        return false;
      }
      var tail = segmentFor(element);
      while (!element.putInto(tail)) {
        tail = grow(tail, element);
      }
      header.setPut(tail.putCount());
      return true;
    } catch (IOException e) {
      throw segments.broken(e);
    } finally {
      lock.unlock();
    }
  }

  /// Keeps producers away, and sees to it that what a dead one has put is counted.
  void lock() {
    lock.lock();
    var done = false;
    try {
      if (header.hasChangedHands(lock, QueueHeader.PUTTER)) {
        knownTaken = header.taken();
        if (last != null) {
          last.lookAtHead();
        }
      }
      if (lock.previousOwnerDied()) {
        header.setPut(lastSegment().putCount());
      }
      done = true;
    } catch (IOException e) {
      throw segments.broken(e);
    } finally {
      if (!done) {
        lock.unlock();
      }
    }
  }

  void unlock() {
    lock.unlock();
  }

  /// Looks at what takers write only if it must.
  private boolean hasRoom() {
    var capacity = header.capacity();
    if (capacity == 0) {
      return true;
    }
    var put = header.putByUs();
    if (put - knownTaken >= capacity) {
      knownTaken = header.taken();
    }
    return put - knownTaken < capacity;
  }

  /// The last segment, but for a giant that the element does not need: what follows a giant lets it
  /// be unlinked once it is empty.
  private QueueSegment segmentFor(Encoded element) throws IOException {
    var tail = lastSegment();
    if (tail.ringSize() <= LARGEST_USUAL_RING_SIZE
        || QueueSegment.ringSizeFor(element.size()) > LARGEST_USUAL_RING_SIZE) {
      return tail;
    }
    try {
      return grow(tail, element);
    } catch (IOException _) {
      return tail; // There is no room for two, but perhaps in this one.
    }
  }

  /// It cannot be unlinked while the lock is held. Those before it can, and then the first segment
  /// is a later one.
  private QueueSegment lastSegment() throws IOException {
    var known = last;
    if (known != null && known.next() == 0) {
      return known;
    }
    var number = known == null ? header.tailSegment() : known.next();
    while (true) {
      closeLast();
      try {
        var tail = segments.open(number);
        last = tail;
        if (tail.next() == 0) {
          return tail;
        }
        number = tail.next();
      } catch (NoSuchFileException e) {
        var head = header.headSegment();
        if (head - number <= 0) {
          throw e;
        }
        number = head;
      }
    }
  }

  /// Makes a segment after the last one: twice as large if that is usual, or as large as the
  /// element wants.
  private QueueSegment grow(QueueSegment tail, Encoded element) throws IOException {
    var number = tail.number() + 1;
    var usual = Math.min(2 * tail.ringSize(), LARGEST_USUAL_RING_SIZE);
    var ringSize = Math.max(usual, QueueSegment.ringSizeFor(element.size()));
    var next = segments.create(number, ringSize, tail.putCount());
    tail.setNext(number);
    header.setTailSegment(number);
    closeLast();
    last = next;
    return next;
  }

  private void closeLast() {
    var known = last;
    last = null;
    if (known != null) {
      segments.close(known);
    }
  }
}
