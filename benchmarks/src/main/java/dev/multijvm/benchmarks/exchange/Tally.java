package dev.multijvm.benchmarks.exchange;

import dev.multijvm.multiprocessing.SharedLong;
import java.io.Serializable;
import java.util.concurrent.atomic.AtomicLong;

/// A number that many add to, on threads or in processes.
public sealed interface Tally extends Serializable {

  /// Returns the number.
  long get();

  /// Sets the number.
  void set(long value);

  /// Adds `delta` so that none of it is lost, and returns the number before.
  long getAndAdd(long delta);

  /// Between threads: the JDK's own.
  record OfThreads(AtomicLong number) implements Tally {

    @Override
    public long get() {
      return number.get();
    }

    @Override
    public void set(long value) {
      number.set(value);
    }

    @Override
    public long getAndAdd(long delta) {
      return number.getAndAdd(delta);
    }
  }

  /// Between processes: the library's.
  record OfProcesses(SharedLong number) implements Tally {

    @Override
    public long get() {
      return number.get();
    }

    @Override
    public void set(long value) {
      number.set(value);
    }

    @Override
    public long getAndAdd(long delta) {
      return number.getAndAdd(delta);
    }
  }
}
