package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// An array of `long` whose elements several processes read and change, with the verbs and the
/// memory effects of [AtomicLongArray][java.util.concurrent.atomic.AtomicLongArray].
///
/// Neighbours share a cache line: processes that each write one element all the time are faster if
/// their elements are 16 apart.
///
/// Each method throws [IllegalStateException] once [#close] was called in this process, and
/// [IndexOutOfBoundsException] for an index that is not there.
public final class SharedLongArray extends Shared {

  @Serial private static final long serialVersionUID = 1;

  private final transient MemorySegment segment;
  private final transient int length;

  SharedLongArray(SharedFile file) {
    super(file);
    segment = file.segment();
    length = Math.toIntExact(file.size() / Long.BYTES);
  }

  /// Makes a shared array of `length` zeros.
  ///
  /// @throws IOException if there is no room for it
  public static SharedLongArray create(int length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("length must not be negative: " + length);
    }
    var size = (long) length * Long.BYTES;
    return made(new SharedLongArray(SharedFile.create(SharedKind.LONG_ARRAY, size)));
  }

  /// Makes a shared array with the elements of `values`.
  ///
  /// @throws IOException if there is no room for it
  public static SharedLongArray of(long... values) throws IOException {
    var made = create(values.length);
    for (var i = 0; i < values.length; i++) {
      made.set(i, values[i]);
    }
    return made;
  }

  /// How many elements there are.
  public int length() {
    return length;
  }

  /// Element `i`, as by a volatile read.
  public long get(int i) {
    return (long) Words.LONG.getVolatile(segment, at(i));
  }

  /// Sets element `i`, as by a volatile write.
  public void set(int i, long newValue) {
    Words.LONG.setVolatile(segment, at(i), newValue);
  }

  /// Sets element `i` and returns the value before.
  public long getAndSet(int i, long newValue) {
    return (long) Words.LONG.getAndSet(segment, at(i), newValue);
  }

  /// Sets element `i` if it is `expectedValue`; says whether it was.
  public boolean compareAndSet(int i, long expectedValue, long newValue) {
    return Words.LONG.compareAndSet(segment, at(i), expectedValue, newValue);
  }

  /// Adds `delta` to element `i` and returns the value before.
  public long getAndAdd(int i, long delta) {
    return (long) Words.LONG.getAndAdd(segment, at(i), delta);
  }

  /// Adds `delta` to element `i` and returns the value after.
  public long addAndGet(int i, long delta) {
    return getAndAdd(i, delta) + delta;
  }

  /// Adds one to element `i` and returns the value after.
  public long incrementAndGet(int i) {
    return addAndGet(i, 1);
  }

  /// Replaces element `i` by a function of it and `x`, and returns the value after.
  ///
  /// @param function free of side effects: it is called again if another process was quicker
  public long accumulateAndGet(int i, long x, LongBinaryOperator function) {
    return updateAndGet(i, seen -> function.applyAsLong(seen, x));
  }

  /// Replaces element `i` by a function of it, and returns the value before.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public long getAndUpdate(int i, LongUnaryOperator update) {
    while (true) {
      var seen = get(i);
      if (compareAndSet(i, seen, update.applyAsLong(seen))) {
        return seen;
      }
    }
  }

  /// Replaces element `i` by a function of it, and returns the value after.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public long updateAndGet(int i, LongUnaryOperator update) {
    while (true) {
      var seen = get(i);
      var next = update.applyAsLong(seen);
      if (compareAndSet(i, seen, next)) {
        return next;
      }
    }
  }

  /// A copy of all elements; each is read by itself, not all at one instant.
  public long[] toArray() {
    var copy = new long[length];
    for (var i = 0; i < length; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /// Where element `i` is: 8 bytes each, without a gap, volatile, for all.
  private long at(int i) {
    return SharedFile.BODY + (long) Objects.checkIndex(i, length) * Long.BYTES;
  }
}
