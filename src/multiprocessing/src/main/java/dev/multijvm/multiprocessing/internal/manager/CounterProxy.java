package dev.multijvm.multiprocessing.internal.manager;

import dev.multijvm.multiprocessing.Counter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A counter in a manager's process.
///
/// @param remote where it is
public record CounterProxy(RemoteObject remote) implements Counter {
  private static final long serialVersionUID = 1L;

  @Override
  public long get() {
    return asLong(remote.call(CounterVerb.GET));
  }

  @Override
  public void set(long value) {
    remote.call(CounterVerb.SET, value);
  }

  @Override
  public long getAndSet(long value) {
    return asLong(remote.call(CounterVerb.GET_AND_SET, value));
  }

  @Override
  public long getAndAdd(long delta) {
    return asLong(remote.call(CounterVerb.GET_AND_ADD, delta));
  }

  @Override
  public boolean compareAndSet(long expected, long value) {
    return Boolean.TRUE.equals(remote.call(CounterVerb.COMPARE_AND_SET, expected, value));
  }

  private static long asLong(@Nullable Object result) {
    return (Long) Objects.requireNonNull(result);
  }

  @Override
  public String toString() {
    return Long.toString(get());
  }
}
