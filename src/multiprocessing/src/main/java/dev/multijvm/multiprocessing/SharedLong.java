package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.shared.SharedFile;
import dev.multijvm.multiprocessing.internal.shared.SharedKind;
import dev.multijvm.multiprocessing.internal.shared.Words;
import java.io.IOException;
import java.io.Serial;
import java.lang.foreign.MemorySegment;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/// A `long` that several processes read and change, with the verbs and the memory effects of
/// [AtomicLong][java.util.concurrent.atomic.AtomicLong].
///
/// ```java
/// try (var hits = SharedLong.create(0)) {
///   pool.submit(() -> hits.getAndAdd(1)).get();
///   hits.get(); // 1
/// }
/// ```
///
/// `set(get() + 1)` from two processes loses updates; [#getAndAdd] does not.
///
/// Each method throws [IllegalStateException] once [#close] was called in this process.
public final class SharedLong extends Shared {

  @Serial private static final long serialVersionUID = 1;

  /// All there is in memory: 8 bytes, volatile, for all.
  private static final long VALUE = SharedFile.BODY;

  private final transient MemorySegment segment;

  SharedLong(SharedFile file) {
    super(file);
    segment = file.segment();
  }

  /// Makes a shared `long`.
  ///
  /// @throws IOException if there is no room for it
  public static SharedLong create(long initialValue) throws IOException {
    var made = new SharedLong(SharedFile.create(SharedKind.LONG, Words.APART));
    made.set(initialValue);
    return made(made);
  }

  /// The value, as by a volatile read.
  public long get() {
    return (long) Words.LONG.getVolatile(segment, VALUE);
  }

  /// The value; what was done before a [#setRelease] that it comes from is visible afterwards.
  public long getAcquire() {
    return (long) Words.LONG.getAcquire(segment, VALUE); // pairs with setRelease
  }

  /// Sets the value, as by a volatile write.
  public void set(long newValue) {
    Words.LONG.setVolatile(segment, VALUE, newValue);
  }

  /// Sets the value, without keeping later reads from coming before it.
  public void setRelease(long newValue) {
    Words.LONG.setRelease(segment, VALUE, newValue);
  }

  /// Sets the value and returns the one before.
  public long getAndSet(long newValue) {
    return (long) Words.LONG.getAndSet(segment, VALUE, newValue);
  }

  /// Sets the value if it is `expectedValue`; says whether it was.
  public boolean compareAndSet(long expectedValue, long newValue) {
    return Words.LONG.compareAndSet(segment, VALUE, expectedValue, newValue);
  }

  /// Adds `delta` and returns the value before.
  public long getAndAdd(long delta) {
    return (long) Words.LONG.getAndAdd(segment, VALUE, delta);
  }

  /// Adds `delta` and returns the value after.
  public long addAndGet(long delta) {
    return getAndAdd(delta) + delta;
  }

  /// Adds one and returns the value before.
  public long getAndIncrement() {
    return getAndAdd(1);
  }

  /// Subtracts one and returns the value before.
  public long getAndDecrement() {
    return getAndAdd(-1);
  }

  /// Adds one and returns the value after.
  public long incrementAndGet() {
    return addAndGet(1);
  }

  /// Subtracts one and returns the value after.
  public long decrementAndGet() {
    return addAndGet(-1);
  }

  /// Replaces the value by a function of it, and returns the value before.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public long getAndUpdate(LongUnaryOperator update) {
    while (true) {
      var seen = get();
      if (compareAndSet(seen, update.applyAsLong(seen))) {
        return seen;
      }
    }
  }

  /// Replaces the value by a function of it, and returns the value after.
  ///
  /// @param update free of side effects: it is called again if another process was quicker
  public long updateAndGet(LongUnaryOperator update) {
    while (true) {
      var seen = get();
      var next = update.applyAsLong(seen);
      if (compareAndSet(seen, next)) {
        return next;
      }
    }
  }

  /// Replaces the value by a function of it and `x`, and returns the value before.
  ///
  /// @param function free of side effects: it is called again if another process was quicker
  public long getAndAccumulate(long x, LongBinaryOperator function) {
    return getAndUpdate(seen -> function.applyAsLong(seen, x));
  }

  /// Replaces the value by a function of it and `x`, and returns the value after.
  ///
  /// @param function free of side effects: it is called again if another process was quicker
  public long accumulateAndGet(long x, LongBinaryOperator function) {
    return updateAndGet(seen -> function.applyAsLong(seen, x));
  }

  /// The value; once it is closed here, what it is called and that it is closed.
  @Override
  public String toString() {
    try {
      return Long.toString(get());
    } catch (IllegalStateException _) {
      return super.toString();
    }
  }
}
