package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/// An array of `double` whose elements several processes read and change, with the verbs and the
/// memory effects of [AtomicLongArray][java.util.concurrent.atomic.AtomicLongArray].
///
/// Neighbours share a cache line: processes that each write one element all the time are faster if
/// their elements are 16 apart.
///
/// Each method throws [IllegalStateException] once [#close] was called in this process, and
/// [IndexOutOfBoundsException] for an index that is not there.
public final class SharedDoubleArray extends Shared {

  @Serial private static final long serialVersionUID = 1;

  private final transient MemorySegment segment;
  private final transient int length;

  SharedDoubleArray(SharedFile file) {
    super(file);
    segment = file.segment();
    length = Math.toIntExact(file.size() / Double.BYTES);
  }

  /// Makes a shared array of `length` zeros.
  ///
  /// @throws IOException if there is no room for it
  public static SharedDoubleArray create(int length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("length must not be negative: " + length);
    }
    var size = (long) length * Double.BYTES;
    return made(new SharedDoubleArray(SharedFile.create(SharedKind.DOUBLE_ARRAY, size)));
  }

  /// Makes a shared array with the elements of `values`.
  ///
  /// @throws IOException if there is no room for it
  public static SharedDoubleArray of(double... values) throws IOException {
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
  public double get(int i) {
    return Double.longBitsToDouble((long) Words.LONG.getVolatile(segment, at(i)));
  }

  /// Sets element `i`, as by a volatile write.
  public void set(int i, double newValue) {
    Words.LONG.setVolatile(segment, at(i), Double.doubleToRawLongBits(newValue));
  }

  /// Sets element `i` and returns the value before.
  public double getAndSet(int i, double newValue) {
    return Double.longBitsToDouble(
        (long) Words.LONG.getAndSet(segment, at(i), Double.doubleToRawLongBits(newValue)));
  }

  /// Sets element `i` if it has the same bits as `expectedValue`; says whether it had. So 0.0 is
  /// not -0.0, and NaN can be expected.
  public boolean compareAndSet(int i, double expectedValue, double newValue) {
    return Words.LONG.compareAndSet(
        segment,
        at(i),
        Double.doubleToRawLongBits(expectedValue),
        Double.doubleToRawLongBits(newValue));
  }

  /// Adds `delta` to element `i` and returns the value before.
  public double getAndAdd(int i, double delta) {
    while (true) {
      var seen = get(i);
      if (compareAndSet(i, seen, seen + delta)) {
        return seen;
      }
    }
  }

  /// Adds `delta` to element `i` and returns the value after.
  public double addAndGet(int i, double delta) {
    return getAndAdd(i, delta) + delta;
  }

  /// Replaces element `i` by a function of it and `x`, and returns the value after.
  ///
  /// @param function free of side effects: it is called again if another process was quicker
  public double accumulateAndGet(int i, double x, DoubleBinaryOperator function) {
    while (true) {
      var seen = get(i);
      var next = function.applyAsDouble(seen, x);
      if (compareAndSet(i, seen, next)) {
        return next;
      }
    }
  }

  /// A copy of all elements; each is read by itself, not all at one instant.
  public double[] toArray() {
    var copy = new double[length];
    for (var i = 0; i < length; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /// Where the IEEE 754 bits of element `i` are: 8 bytes each, without a gap, volatile, for all.
  private long at(int i) {
    return SharedFile.BODY + (long) Objects.checkIndex(i, length) * Double.BYTES;
  }
}
