package dev.multijvm.multiprocessing;

import java.io.Serializable;

/// A number in a [Manager]'s process, with the verbs of
/// [AtomicLong][java.util.concurrent.atomic.AtomicLong]. Each call is atomic there.
///
/// Every call throws [MultiprocessingException] once the manager's process has ended.
public interface Counter extends Serializable {

  /// The value.
  long get();

  /// Sets the value.
  void set(long value);

  /// Sets the value and returns the one before.
  long getAndSet(long value);

  /// Adds and returns the value before.
  long getAndAdd(long delta);

  /// Sets the value if it is the expected one.
  ///
  /// @return whether it was
  boolean compareAndSet(long expected, long value);

  /// Adds and returns the value after.
  default long addAndGet(long delta) {
    return getAndAdd(delta) + delta;
  }

  /// Adds one and returns the value after.
  default long incrementAndGet() {
    return addAndGet(1);
  }

  /// Takes one away and returns the value after.
  default long decrementAndGet() {
    return addAndGet(-1);
  }
}
