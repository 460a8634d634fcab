package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A queue of encoded elements between processes: a [Tail], a [Head], a chain of segments between
/// them, and who waits for which of them.
///
/// A segment's file is unlinked by the consumer who moves to the next one; the last one is never
/// unlinked.
///
/// Lock order: head before tail.
public final class QueueCore {

  /// How many bytes the file of a queue has, besides its segments.
  public static final long SIZE = QueueHeader.SIZE;

  private static final long FIRST_RING_SIZE = 64 * 1024;

  private final QueueHeader header;
  private final Segments segments;
  private final Tail tail;
  private final Head head;
  private final Sleepers takers;
  private final Sleepers putters;
  private final Sleepers joiners;

  public QueueCore(SharedFile file) {
    header = new QueueHeader(file);
    segments = new Segments(file);
    tail = new Tail(file, header, segments);
    head = new Head(file, header, segments);
    takers = new Sleepers(file, QueueHeader.TAKERS_SLEEP);
    putters = new Sleepers(file, QueueHeader.PUTTERS_SLEEP);
    joiners = new Sleepers(file, QueueHeader.JOINERS_SLEEP);
  }

  /// Makes the first segment; by the creator, before anybody else knows of the queue.
  public void prepare(int capacity) throws IOException {
    segments.close(segments.create(1, FIRST_RING_SIZE, 0));
    header.prepare(capacity, 1);
  }

  /// Puts an element, and waits for room.
  ///
  /// @return whether there was room in time
  public boolean put(Encoded element, long timeoutNanos) throws InterruptedException {
    if (tryPut(element)) {
      return true;
    }
    var waiting = new Waiting(putters.berth(), timeoutNanos);
    var done = false;
    try {
      while (!done && !waiting.isOver()) {
        var look = true;
        if (waiting.spin()) {
          look = isRoomy();
        } else if (header.isFull()) {
          putters.sleep(waiting, header::isFull);
        }
        if (waiting.isCheckDue()) {
          countTaken();
        }
        done = look && !header.isFull() && tryPut(element);
      }
      return done || tryPut(element);
    } finally {
      putters.passOn(waiting, () -> !header.isFull());
    }
  }

  /// Puts an element if there is room.
  public boolean tryPut(Encoded element) {
    if (!tail.tryPut(element)) {
      return false;
    }
    takers.wakeOne();
    return true;
  }

  /// Takes the first element, and waits until there is one.
  ///
  /// @return an [Integer] or encoded bytes; null if none came in time
  public @Nullable Object take(long timeoutNanos) throws InterruptedException {
    var element = tryTake();
    if (element != null) {
      return element;
    }
    var waiting = new Waiting(takers.berth(), timeoutNanos);
    try {
      while (element == null && !waiting.isOver()) {
        var look = true;
        if (waiting.spin()) {
          look = size() > 0;
        } else {
          takers.sleep(waiting, () -> size() == 0);
        }
        element = look ? tryTake() : null;
      }
      return element;
    } finally {
      takers.passOn(waiting, () -> size() > 0);
    }
  }

  /// Takes the first element if there is one.
  public @Nullable Object tryTake() {
    var element = head.tryTake();
    if (element != null && capacity() > 0) {
      putters.wakeOne();
    }
    return element;
  }

  /// The first element, which stays.
  public @Nullable Object peek() {
    return head.peek();
  }

  /// A copy of all elements.
  public List<Object> copy() {
    return head.copy();
  }

  /// How many elements there are.
  public int size() {
    return header.size();
  }

  /// The most elements that there can be; 0 if there is no limit.
  public int capacity() {
    return header.capacity();
  }

  /// Says that an element which this process took is done.
  ///
  /// @throws IllegalStateException if all that it took are done already
  public void taskDone() {
    head.taskDone();
    joiners.wakeAll();
  }

  /// Waits until the queue is empty and all that was taken is done, or died with its taker.
  ///
  /// @return whether that came in time
  public boolean join(long timeoutNanos) throws InterruptedException {
    var waiting = new Waiting(joiners.berth(), timeoutNanos);
    while (!isDone()) {
      if (waiting.isOver()) {
        return false;
      }
      if (!waiting.spin()) {
        joiners.sleep(waiting, () -> !isDone());
      }
    }
    joiners.berth().tellAll(); // The death of a taker wakes nobody.
    return true;
  }

  public List<Berth> berths() {
    return List.of(
        tail.mutex().berth(),
        head.mutex().berth(),
        takers.berth(),
        putters.berth(),
        joiners.berth());
  }

  /// Lets go of the segments and then of the locks, once the queue is closed: whoever gets a lock
  /// finds that no thread here still changes what it guards.
  ///
  /// First, what is begun ends. A JVM may crash that unmaps bytes which another of its threads
  /// copies.
  ///
  /// @see <a href="https://bugs.openjdk.org/browse/JDK-8364167">JDK-8364167</a>
  public void giveUp() {
    tail.mutex().awaitIdle();
    head.mutex().awaitIdle();
    segments.closeAll();
    tail.mutex().abandon();
    head.giveUp();
  }

  /// Under both locks nothing is put or taken, so what is seen is true at one instant.
  private boolean isDone() {
    head.lock();
    try {
      tail.lock();
      try {
        if (size() > 0) {
          return false;
        }
      } finally {
        tail.unlock();
      }
      return head.isAllDone();
    } finally {
      head.unlock();
    }
  }

  /// Whether there is room for some more. If a producer that waits looked for the first place that
  /// becomes free, each element would be handed over by itself.
  private boolean isRoomy() {
    var capacity = capacity();
    return size() < capacity - capacity / 8;
  }

  /// Lets a dead consumer's element count as taken.
  private void countTaken() {
    head.lock();
    head.unlock();
  }
}
