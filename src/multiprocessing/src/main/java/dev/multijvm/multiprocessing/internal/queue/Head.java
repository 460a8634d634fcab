package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.Shares;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The end of a queue where elements are taken, under a lock of its own, and who has taken how many
/// that are not done.
final class Head {

  private final SharedFile file;
  private final QueueHeader header;
  private final Segments segments;
  private final Mutex lock;
  private final Shares undone;

  /// The first segment as far as this process knows, under `lock`.
  private @Nullable QueueSegment first;

  /// Whether this process has cleared its share of a dead one's, under `lock`.
  private boolean joined;

  Head(SharedFile file, QueueHeader header, Segments segments) {
    this.file = file;
    this.header = header;
    this.segments = segments;
    lock = new Mutex(file, QueueHeader.HEAD_LOCK);
    undone = new Shares(file, QueueHeader.UNDONE);
  }

  Mutex mutex() {
    return lock;
  }

  /// Takes the first element if there is one.
  @Nullable Object tryTake() {
    lock();
    try {
      var head = firstSegment();
      var element = head.peek();
      if (element != null) {
        undone.add(1);
        head.remove();
        header.setTaken(head.takenCount());
      }
      return element;
    } finally {
      lock.unlock();
    }
  }

  /// The first element, which stays.
  @Nullable Object peek() {
    lock();
    try {
      return firstSegment().peek();
    } finally {
      lock.unlock();
    }
  }

  /// A copy of all elements.
  List<Object> copy() {
    var elements = new ArrayList<Object>();
    lock();
    try {
      var head = firstSegment();
      // Each time before its elements: a segment that another follows has got its last one.
      var next = head.next();
      head.copyTo(elements);
      while (next != 0) {
        var following = segments.open(next);
        next = following.next();
        following.copyTo(elements);
        segments.close(following);
      }
    } catch (IOException e) {
      throw segments.broken(e);
    } finally {
      lock.unlock();
    }
    return elements;
  }

  /// Says that an element which this process took is done.
  ///
  /// @throws IllegalStateException if all that it took are done already
  void taskDone() {
    lock();
    try {
      if (undone.mine() == 0) {
        throw new IllegalStateException("this process has done all that it took from " + file);
      }
      undone.add(-1);
    } finally {
      lock.unlock();
    }
  }

  /// Whether all that was taken is done, or died with its taker. For the holder of the lock.
  boolean isAllDone() {
    return undone.sum() == 0 || undone.sum() == undone.removeDead();
  }

  /// Lets go of what this process has, once the queue is closed: what it took and has not done
  /// counts as a dead one's.
  void giveUp() {
    undone.abandon();
    lock.abandon();
  }

  /// Keeps consumers away, and sees to it that what a dead one has taken is counted.
  void lock() {
    lock.lock();
    var done = false;
    try {
      if (!joined) {
        undone.removeDead();
        joined = true;
      }
      if (header.hasChangedHands(lock, QueueHeader.TAKER) && first != null) {
        first.lookAtTail();
      }
      if (lock.previousOwnerDied()) {
        header.setTaken(firstSegment().takenCount());
      }
      done = true;
    } finally {
      if (!done) {
        lock.unlock();
      }
    }
  }

  void unlock() {
    lock.unlock();
  }

  /// The first segment that has elements, or the last one.
  private QueueSegment firstSegment() {
    try {
      var number = header.headSegment();
      var head = first;
      if (head == null || head.number() != number) {
        moveTo(null);
        head = segments.open(number);
        moveTo(head);
      }
      // `next` is read before the ring is looked at again: what was put last is seen then.
      for (var next = head.next(); next != 0 && head.isEmpty(); next = head.next()) {
        var following = segments.open(next);
        header.setHeadSegment(next);
        segments.delete(head.number());
        moveTo(following);
        head = following;
      }
      return head;
    } catch (IOException e) {
      throw segments.broken(e);
    }
  }

  private void moveTo(@Nullable QueueSegment segment) {
    var known = first;
    first = segment;
    if (known != null) {
      segments.close(known);
    }
  }
}
