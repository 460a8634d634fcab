package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// A `double` that several processes read and change, with the verbs and the memory effects of
/// [AtomicLong][java.util.concurrent.atomic.AtomicLong].
///
/// Each method throws [IllegalStateException] once [#close] was called in this process.
public final class SharedDouble extends Shared {

  @Serial private static final long serialVersionUID = 1;

  /// All there is in memory: the value's IEEE 754 bits in 8 bytes, volatile, for all.
  private static final long BITS = SharedFile.BODY;

  private final transient MemorySegment segment;

  SharedDouble(SharedFile file) {
    super(file);
    segment = file.segment();
  }

  /// Makes a shared `double`.
  ///
  /// @throws IOException if there is no room for it
  public static SharedDouble create(double initialValue) throws IOException {
    var made = new SharedDouble(SharedFile.create(SharedKind.DOUBLE, Words.APART));
    made.set(initialValue);
    return made(made);
  }

  /// The value, as by a volatile read.
  public double get() {
    return Double.longBitsToDouble(bits());
  }

  /// Sets the value, as by a volatile write.
  public void set(double newValue) {
    Words.LONG.setVolatile(segment, BITS, Double.doubleToRawLongBits(newValue));
  }

  /// Sets the value and returns the one before.
  public double getAndSet(double newValue) {
    return Double.longBitsToDouble(
        (long) Words.LONG.getAndSet(segment, BITS, Double.doubleToRawLongBits(newValue)));
  }

  /// Sets the value if it has the same bits as `expectedValue`; says whether it had. So 0.0 is not
  /// -0.0, and NaN can be expected.
  public boolean compareAndSet(double expectedValue, double newValue) {
    return Words.LONG.compareAndSet(
        segment,
        BITS,
        Double.doubleToRawLongBits(expectedValue),
        Double.doubleToRawLongBits(newValue));
  }

  /// Adds `delta` and returns the value before.
  public double getAndAdd(double delta) {
    while (true) {
      var seen = get();
      if (compareAndSet(seen, seen + delta)) {
        return seen;
      }
    }
  }

  /// Adds `delta` and returns the value after.
  public double addAndGet(double delta) {
    return getAndAdd(delta) + delta;
  }

  /// Replaces the value by a function of it and `x`, and returns the value after.
  ///
  /// @param function free of side effects: it is called again if another process was quicker
  public double accumulateAndGet(double x, DoubleBinaryOperator function) {
    return updateAndGet(seen -> function.applyAsDouble(seen, x));
  }

  /// Replaces the value by a function of it, and returns the value before.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public double getAndUpdate(DoubleUnaryOperator update) {
    while (true) {
      var seen = get();
      if (compareAndSet(seen, update.applyAsDouble(seen))) {
        return seen;
      }
    }
  }

  /// Replaces the value by a function of it, and returns the value after.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public double updateAndGet(DoubleUnaryOperator update) {
    while (true) {
      var seen = get();
      var next = update.applyAsDouble(seen);
      if (compareAndSet(seen, next)) {
        return next;
      }
    }
  }

  private long bits() {
    return (long) Words.LONG.getVolatile(segment, BITS);
  }

  /// The value; once it is closed here, what it is called and that it is closed.
  @Override
  public String toString() {
    try {
      return Double.toString(get());
    } catch (IllegalStateException _) {
      return super.toString();
    }
  }
}
