package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.internal.shared.Berth;
import dev.multijvm.multiprocessing.internal.shared.Mutex;
import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.Shares;
import dev.multijvm.multiprocessing.internal.shared.Waiting;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A queue of encoded elements between processes: two locks and a chain of segments.
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
/// holder dies between the two, the next holder of that lock repeats it. A segment's file is
/// unlinked by the consumer who moves to the next one; the last one is never unlinked.
///
/// What a process has seen of the other side holds until another process has had its lock: from
/// then on the counts that it remembers could be any number of rounds behind. So it looks anew if
/// it is not `putter`, or `taker`, any more.
///
/// Lock order: head before tail.
public final class QueueCore {

  private static final long TAIL_LOCK = SharedFile.BODY;
  private static final long HEAD_LOCK = TAIL_LOCK + Mutex.SIZE;
  private static final long TAIL_SEGMENT = HEAD_LOCK + Mutex.SIZE;
  private static final long PUT = TAIL_SEGMENT + 4;
  private static final long PUTTER = PUT + 4;
  private static final long HEAD_SEGMENT = TAIL_SEGMENT + Words.APART;
  private static final long TAKEN = HEAD_SEGMENT + 4;
  private static final long TAKER = TAKEN + 4;
  private static final long TAKERS_SLEEP = HEAD_SEGMENT + Words.APART;
  private static final long PUTTERS_SLEEP = TAKERS_SLEEP + Words.APART;
  private static final long JOINERS_SLEEP = PUTTERS_SLEEP + Words.APART;
  private static final long CAPACITY = JOINERS_SLEEP + Words.APART;
  private static final long UNDONE = CAPACITY + Words.APART;

  /// How many bytes the file of a queue has, besides its segments.
  public static final long SIZE = UNDONE + Shares.SIZE - SharedFile.BODY;

  private static final long FIRST_RING_SIZE = 64 * 1024;
  private static final long LARGEST_USUAL_RING_SIZE = 16 * 1024 * 1024;

  private final SharedFile file;
  private final MemorySegment segment;
  private final int ticket;
  private final Mutex tailLock;
  private final Mutex headLock;
  private final Berth takers;
  private final Berth putters;
  private final Berth joiners;
  private final Shares undone;

  /// The last segment as far as this process knows, under `tailLock`.
  private @Nullable QueueSegment last;

  /// The first segment as far as this process knows, under `headLock`.
  private @Nullable QueueSegment first;

  /// `taken` as last seen under `tailLock`; the real one may be further.
  private int knownTaken;

  /// Whether this process has cleared its share of a dead one's, under `headLock`.
  private boolean joined;

  public QueueCore(SharedFile file) {
    this.file = file;
    segment = file.segment();
    ticket = file.participants().ticket();
    knownTaken = (int) Words.INT.getVolatile(segment, TAKEN);
    tailLock = new Mutex(file, TAIL_LOCK);
    headLock = new Mutex(file, HEAD_LOCK);
    takers = new Berth(file, TAKERS_SLEEP);
    putters = new Berth(file, PUTTERS_SLEEP);
    joiners = new Berth(file, JOINERS_SLEEP);
    undone = new Shares(file, UNDONE);
  }

  /// Makes the first segment; by the creator, before anybody else knows of the queue.
  public void prepare(int capacity) throws IOException {
    QueueSegment.create(segmentFile(1), 1, FIRST_RING_SIZE, 0).close();
    Words.INT.set(segment, TAIL_SEGMENT, 1);
    Words.INT.set(segment, HEAD_SEGMENT, 1);
    Words.INT.set(segment, CAPACITY, capacity);
  }

  /// Puts an element, and waits for room.
  ///
  /// @return whether there was room in time
  public boolean put(Encoded element, long timeoutNanos) throws InterruptedException {
    if (tryPut(element)) {
      return true;
    }
    var waiting = new Waiting(putters, timeoutNanos);
    var done = false;
    try {
      while (!done && !waiting.isOver()) {
        var look = true;
        if (waiting.spin()) {
          look = isRoomy();
        } else if (isFull()) {
          sleep(waiting, PUTTERS_SLEEP, this::isFull);
        }
        if (waiting.isCheckDue()) {
          mendTaken();
        }
        done = look && !isFull() && tryPut(element);
      }
      return done || tryPut(element);
    } finally {
      passOn(waiting, PUTTERS_SLEEP, putters, () -> !isFull());
    }
  }

  /// Puts an element if there is room.
  public boolean tryPut(Encoded element) {
    lockTail();
    try {
      if (!hasRoom()) {
        return false;
      }
      append(element);
    } finally {
      tailLock.unlock();
    }
    wakeOne(TAKERS_SLEEP, takers);
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
    var waiting = new Waiting(takers, timeoutNanos);
    try {
      while (element == null && !waiting.isOver()) {
        var look = true;
        if (waiting.spin()) {
          look = size() > 0;
        } else {
          sleep(waiting, TAKERS_SLEEP, () -> size() == 0);
        }
        element = look ? tryTake() : null;
      }
      return element;
    } finally {
      passOn(waiting, TAKERS_SLEEP, takers, () -> size() > 0);
    }
  }

  /// Takes the first element if there is one.
  public @Nullable Object tryTake() {
    Object element;
    lockHead();
    try {
      var head = firstWithElements();
      element = head.peek();
      if (element == null) {
        return null;
      }
      undone.add(1);
      head.remove();
      Words.INT.setRelease(segment, TAKEN, head.takenCount());
    } finally {
      headLock.unlock();
    }
    if (capacity() > 0) {
      wakeOne(PUTTERS_SLEEP, putters);
    }
    return element;
  }

  /// The first element, which stays.
  public @Nullable Object peek() {
    lockHead();
    try {
      return firstWithElements().peek();
    } finally {
      headLock.unlock();
    }
  }

  /// A copy of all elements.
  public List<Object> copy() {
    var elements = new ArrayList<Object>();
    lockHead();
    try {
      var head = firstWithElements();
      head.copyTo(elements);
      for (var number = head.next(); number != 0; ) {
        var next = openSegment(number);
        next.copyTo(elements);
        number = next.next();
        next.close();
      }
    } catch (IOException e) {
      throw broken(e);
    } finally {
      headLock.unlock();
    }
    return elements;
  }

  /// How many elements there are.
  public int size() {
    var taken = (int) Words.INT.getVolatile(segment, TAKEN);
    return Math.max(0, (int) Words.INT.getVolatile(segment, PUT) - taken);
  }

  /// The most elements that there can be; 0 if there is no limit.
  public int capacity() {
    return (int) Words.INT.get(segment, CAPACITY);
  }

  /// Says that an element which this process took is done.
  ///
  /// @throws IllegalStateException if all that it took are done already
  public void taskDone() {
    lockHead();
    try {
      if (undone.mine() == 0) {
        throw new IllegalStateException("this process has done all that it took from " + file);
      }
      undone.add(-1);
    } finally {
      headLock.unlock();
    }
    VarHandle.fullFence(); // pairs with sleep
    if ((int) Words.INT.getVolatile(segment, JOINERS_SLEEP) != 0
        && Words.INT.compareAndSet(segment, JOINERS_SLEEP, 1, 0)) {
      joiners.wake(Integer.MAX_VALUE);
    }
  }

  /// Waits until the queue is empty and all that was taken is done, or died with its taker.
  ///
  /// @return whether that came in time
  public boolean join(long timeoutNanos) throws InterruptedException {
    var waiting = new Waiting(joiners, timeoutNanos);
    while (!isDone()) {
      if (waiting.isOver()) {
        return false;
      }
      if (!waiting.spin()) {
        sleep(waiting, JOINERS_SLEEP, () -> !isDone());
      }
    }
    return true;
  }

  public List<Berth> berths() {
    return List.of(tailLock.berth(), headLock.berth(), takers, putters, joiners);
  }

  /// Lets go of the locks and the segments; the creator's unlinks those.
  public void giveUp() {
    tailLock.abandon();
    headLock.abandon();
    closeLast();
    if (first != null) {
      first.close();
    }
    if (file.isOurs()) {
      unlinkSegments();
    }
  }

  /// Under both locks nothing is put or taken, so what is seen is true at one instant.
  private boolean isDone() {
    lockHead();
    try {
      lockTail();
      try {
        if (size() > 0) {
          return false;
        }
      } finally {
        tailLock.unlock();
      }
      return undone.sum() == 0 || undone.sum() == undone.removeDead();
    } finally {
      headLock.unlock();
    }
  }

  private boolean isFull() {
    var capacity = capacity();
    return capacity > 0 && size() >= capacity;
  }

  /// As [#isFull], for the holder of `tailLock`: looks at what takers write only if it must.
  private boolean hasRoom() {
    var capacity = capacity();
    if (capacity == 0) {
      return true;
    }
    var put = (int) Words.INT.get(segment, PUT);
    if (put - knownTaken >= capacity) {
      knownTaken = (int) Words.INT.getVolatile(segment, TAKEN);
    }
    return put - knownTaken < capacity;
  }

  /// Whether there is room for some more. If a producer that waits looked for the first place that
  /// becomes free, each element would be handed over by itself.
  private boolean isRoomy() {
    var capacity = capacity();
    return size() < capacity - capacity / 8;
  }

  private void append(Encoded element) {
    try {
      var tail = lastOfAll();
      while (!element.putInto(tail)) {
        tail = grow(tail, element);
      }
      Words.INT.setRelease(segment, PUT, tail.putCount());
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Makes a segment after the last one: twice as large, or as large as the element wants.
  private QueueSegment grow(QueueSegment tail, Encoded element) throws IOException {
    var number = tail.number() + 1;
    var ringSize =
        Math.max(
            Math.max(tail.ringSize(), Math.min(2 * tail.ringSize(), LARGEST_USUAL_RING_SIZE)),
            QueueSegment.ringSizeFor(element.size()));
    // One that a producer left behind which died before it was linked.
    Files.deleteIfExists(segmentFile(number));
    var next = QueueSegment.create(segmentFile(number), number, ringSize, tail.putCount());
    tail.setNext(number);
    Words.INT.setRelease(segment, TAIL_SEGMENT, number);
    tail.close();
    last = next;
    return next;
  }

  /// The last segment. It cannot be unlinked while its lock is held; those before it can, and then
  /// the first one is later.
  private QueueSegment lastOfAll() throws IOException {
    var known = last;
    if (known != null && known.next() == 0) {
      return known;
    }
    var number = known == null ? (int) Words.INT.getAcquire(segment, TAIL_SEGMENT) : known.next();
    closeLast();
    while (true) {
      try {
        var tail = openSegment(number);
        last = tail;
        if (tail.next() == 0) {
          return tail;
        }
        number = tail.next();
        closeLast();
      } catch (NoSuchFileException e) {
        var head = (int) Words.INT.getAcquire(segment, HEAD_SEGMENT);
        if (head - number <= 0) {
          throw e;
        }
        number = head;
      }
    }
  }

  private void closeLast() {
    var known = last;
    last = null;
    if (known != null) {
      known.close();
    }
  }

  /// The first segment that has elements, or the last one.
  private QueueSegment firstWithElements() {
    try {
      var number = (int) Words.INT.getAcquire(segment, HEAD_SEGMENT);
      var head = first;
      if (head == null || head.number() != number) {
        if (head != null) {
          head.close();
        }
        first = null;
        head = openSegment(number);
        first = head;
      }
      // `next` is read before the ring is looked at again: what was put last is seen then.
      for (var next = head.next(); next != 0 && head.isEmpty(); next = head.next()) {
        var following = openSegment(next);
        Words.INT.setRelease(segment, HEAD_SEGMENT, next);
        Files.deleteIfExists(segmentFile(head.number()));
        head.close();
        first = following;
        head = following;
      }
      return head;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private void lockTail() {
    tailLock.lock();
    var done = false;
    try {
      if (hasChangedHands(tailLock, PUTTER)) {
        knownTaken = (int) Words.INT.getVolatile(segment, TAKEN);
        if (last != null) {
          last.lookAtHead();
        }
      }
      if (tailLock.previousOwnerDied()) {
        Words.INT.setRelease(segment, PUT, lastOfAll().putCount());
      }
      done = true;
    } catch (IOException e) {
      throw broken(e);
    } finally {
      if (!done) {
        tailLock.unlock();
      }
    }
  }

  /// Whether another process may have held the lock since this one did; notes that this one has it.
  private boolean hasChangedHands(Mutex lock, long lastOwner) {
    if ((int) Words.INT.get(segment, lastOwner) == ticket && !lock.previousOwnerDied()) {
      return false;
    }
    Words.INT.set(segment, lastOwner, ticket);
    return true;
  }

  private void lockHead() {
    headLock.lock();
    var done = false;
    try {
      if (!joined) {
        undone.removeDead();
        joined = true;
      }
      if (hasChangedHands(headLock, TAKER) && first != null) {
        first.lookAtTail();
      }
      if (headLock.previousOwnerDied()) {
        Words.INT.setRelease(segment, TAKEN, firstWithElements().takenCount());
      }
      done = true;
    } finally {
      if (!done) {
        headLock.unlock();
      }
    }
  }

  /// Lets a dead consumer's element count as taken.
  private void mendTaken() {
    lockHead();
    headLock.unlock();
  }

  /// Says that somebody sleeps, looks again, and sleeps.
  private void sleep(Waiting waiting, long flag, BooleanSupplier inVain)
      throws InterruptedException {
    Words.INT.setVolatile(segment, flag, 1);
    VarHandle.fullFence(); // pairs with wakeOne
    if (inVain.getAsBoolean()) {
      waiting.sleep(1);
    }
  }

  private void wakeOne(long flag, Berth berth) {
    VarHandle.fullFence(); // between what was published and the look at the flag; pairs with sleep
    if ((int) Words.INT.getVolatile(segment, flag) != 0
        && Words.INT.compareAndSet(segment, flag, 1, 0)) {
      berth.wake(1);
    }
  }

  /// Whoever slept may have been woken in another's place, or while others sleep on unannounced.
  private void passOn(Waiting waiting, long flag, Berth berth, BooleanSupplier more) {
    if (!waiting.hasSlept() || file.isClosed()) {
      return;
    }
    Words.INT.setVolatile(segment, flag, 1);
    VarHandle.fullFence(); // pairs with wakeOne: what came before it saw the flag is seen here
    if (more.getAsBoolean()) {
      wakeOne(flag, berth);
    }
  }

  private void unlinkSegments() {
    var prefix = file.path().getFileName() + ".";
    try (var entries = Files.newDirectoryStream(file.path().resolveSibling("."), prefix + "*")) {
      for (var entry : entries) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException _) {
      // They go with the directory when this JVM exits.
    }
  }

  private QueueSegment openSegment(int number) throws IOException {
    return QueueSegment.open(segmentFile(number), number);
  }

  private Path segmentFile(int number) {
    return file.path().resolveSibling(file.path().getFileName() + "." + number);
  }

  private RuntimeException broken(IOException e) {
    file.requireOpen();
    return new MultiprocessingException("cannot use " + file + ": " + e.getMessage(), e);
  }
}
