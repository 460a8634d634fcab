package dev.multijvm.multiprocessing.internal.queue;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.shared.MappedFiles;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One ring of a queue, in a file of its own. When it is full, a larger one follows it.
///
/// | offset | size | field  | written by           | read by        | meaning                                      |
/// |-------:|-----:|--------|----------------------|----------------|----------------------------------------------|
/// |      0 |    4 | `next` | producer, once       | all            | number of the segment that follows; 0: none  |
/// |    128 |    8 | `tail` | producer, setRelease | consumer       | where the next element goes, and how many were put |
/// |    256 |    8 | `head` | consumer, setRelease | producer       | where the first element is, and how many were taken |
/// |    384 |      | `ring` | producer             | consumer       | records, a power of two bytes                |
///
/// A producer holds the lock of the tail, a consumer that of the head. `tail` and `head` are pairs
/// in one word: the high half counts 8 bytes, the low half elements, both from the queue's
/// beginning and modulo 2^32. So one store makes an element be there, or be gone, whole and
/// counted.
///
/// A record is 8-aligned and contiguous: 4 bytes of length or kind, 4 bytes of value or nothing,
/// then the encoded bytes.
///
/// Each side remembers how far it saw the other one, and looks again only where that is not enough,
/// because a look at what another CPU has just written is expensive.
public final class QueueSegment {

  private static final long NEXT = 0;
  private static final long TAIL = Words.APART;
  private static final long HEAD = 2L * Words.APART;
  private static final long RING = 3L * Words.APART;

  private static final int UNIT = 8;
  private static final int SKIP = -1;
  private static final int INTEGER = -2;

  private final int number;
  private final Arena arena;
  private final MemorySegment segment;
  private final long ringSize;

  /// `tail` as a taker last saw it; the real one may be further. Under the head's lock.
  private long knownTail;

  /// `head` as a producer last saw it; the real one may be further. Under the tail's lock.
  private long knownHead;

  private QueueSegment(Path file, int number) throws IOException {
    this.number = number;
    arena = Arena.ofShared();
    var done = false;
    try {
      segment = MappedFiles.map(file, arena);
      done = true;
    } finally {
      if (!done) {
        arena.close();
      }
    }
    ringSize = segment.byteSize() - RING;
    lookAtTail();
    lookAtHead();
  }

  /// Makes segment `number`, which goes on counting at `count`.
  ///
  /// @param ringSize a power of two
  static QueueSegment create(Path file, int number, long ringSize, int count) throws IOException {
    Scratch.fill(file, RING + ringSize);
    var made = new QueueSegment(file, number);
    Words.LONG.set(made.segment, HEAD, word(0, count));
    Words.LONG.setRelease(made.segment, TAIL, word(0, count));
    made.lookAtTail();
    made.lookAtHead();
    return made;
  }

  static QueueSegment open(Path file, int number) throws IOException {
    return new QueueSegment(file, number);
  }

  int number() {
    return number;
  }

  long ringSize() {
    return ringSize;
  }

  /// The segment that follows; 0 if there is none. Pairs with [#setNext].
  int next() {
    return (int) Words.INT.getAcquire(segment, NEXT);
  }

  /// Ends this segment: nothing is put here any more.
  void setNext(int number) {
    Words.INT.setRelease(segment, NEXT, number); // pairs with next
  }

  /// How many elements were put into the queue.
  int putCount() {
    return (int) tail();
  }

  /// How many elements were taken from the queue.
  int takenCount() {
    return (int) head();
  }

  /// How large a ring must be for a record of `size` bytes, which starts at its beginning.
  static long ringSizeFor(long size) {
    return Long.highestOneBit(size + UNIT - 1) << 1;
  }

  /// Looks how far the producers are. To be called by a holder of the head's lock if another
  /// process may have held it meanwhile.
  void lookAtTail() {
    knownTail = tail();
  }

  /// Looks how far the takers are. To be called by a holder of the tail's lock if another process
  /// may have held it meanwhile.
  void lookAtHead() {
    knownHead = head();
  }

  /// Puts a number; says whether there was room. For the holder of the tail's lock.
  boolean putInt(int value) {
    var tail = tail();
    if (!hasRoom(tail, 1)) {
      return false;
    }
    writeHeader(tail, INTEGER, value);
    publish(tail, 1);
    return true;
  }

  /// Puts encoded bytes; says whether there was room. For the holder of the tail's lock.
  boolean putBytes(byte[] bytes, int size) {
    var tail = tail();
    var units = unitsFor(size);
    var atEnd = unitsToEnd(tail);
    var skipped = units <= atEnd ? 0 : atEnd;
    if (!hasRoom(tail, units + skipped)) {
      return false;
    }
    var at = tail;
    if (skipped > 0) {
      writeHeader(tail, SKIP, 0);
      at = word(position(tail) + (int) skipped, (int) tail);
    }
    writeHeader(at, size, 0);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, offset(at) + UNIT, size);
    publish(tail, skipped + units);
    return true;
  }

  /// Whether all that was put here is taken. For the holder of the head's lock.
  boolean isEmpty() {
    var head = head();
    if (head == knownTail) {
      lookAtTail();
    }
    return head == knownTail;
  }

  /// The first element, an [Integer] or its encoded bytes, or null if there is none. For the holder
  /// of the head's lock.
  @Nullable Object peek() {
    return isEmpty() ? null : read(skip(head()));
  }

  /// Takes the first element away, after [#peek] has found it.
  void remove() {
    var head = skip(head());
    var next = word(position(head) + (int) unitsOf(head), (int) head + 1);
    Words.LONG.setRelease(segment, HEAD, next); // pairs with head
  }

  /// Adds all elements to `elements`. For the holder of the head's lock.
  void copyTo(List<Object> elements) {
    var tail = tail();
    for (var at = head(); at != tail; ) {
      at = skip(at);
      elements.add(read(at));
      at = word(position(at) + (int) unitsOf(at), (int) at + 1);
    }
  }

  /// Unmaps it, unless some native code has it still; then it goes when this process ends.
  void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /// The one store that makes an element be there: after its bytes.
  private void publish(long tail, long units) {
    Words.LONG.setRelease(segment, TAIL, word(position(tail) + (int) units, (int) tail + 1));
  }

  /// Goes past the rest of the ring if the record there says so; there must be one.
  private long skip(long head) {
    return header(head) == SKIP ? word(position(head) + (int) unitsToEnd(head), (int) head) : head;
  }

  private Object read(long head) {
    var length = header(head);
    if (length == INTEGER) {
      return (int) Words.INT.get(segment, offset(head) + 4);
    }
    var bytes = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset(head) + UNIT, bytes, 0, length);
    return bytes;
  }

  private int header(long word) {
    return (int) Words.INT.get(segment, offset(word));
  }

  private void writeHeader(long word, int kind, int value) {
    Words.INT.set(segment, offset(word), kind);
    Words.INT.set(segment, offset(word) + 4, value);
  }

  private long unitsOf(long word) {
    return unitsFor(Math.max(0, header(word)));
  }

  private static long unitsFor(long size) {
    return 1 + (size + UNIT - 1) / UNIT;
  }

  private boolean hasRoom(long tail, long units) {
    if (free(tail) >= units) {
      return true;
    }
    lookAtHead();
    return free(tail) >= units;
  }

  /// At least so many units are free.
  private long free(long tail) {
    var used = Integer.toUnsignedLong(position(tail) - position(knownHead));
    return ringSize / UNIT - used;
  }

  private long unitsToEnd(long word) {
    return ringSize / UNIT - (Integer.toUnsignedLong(position(word)) & (ringSize / UNIT - 1));
  }

  private long offset(long word) {
    return RING + (Integer.toUnsignedLong(position(word)) * UNIT & (ringSize - 1));
  }

  /// Pairs with the store in [#publish]: the bytes are there.
  private long tail() {
    return (long) Words.LONG.getAcquire(segment, TAIL);
  }

  /// Pairs with the store in [#remove]: what was read there is no longer needed.
  private long head() {
    return (long) Words.LONG.getAcquire(segment, HEAD);
  }

  private static int position(long word) {
    return (int) (word >>> 32);
  }

  private static long word(int position, int count) {
    return (long) position << 32 | Integer.toUnsignedLong(count);
  }
}
