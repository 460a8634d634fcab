package dev.multijvm.multiprocessing.internal.manager;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What can be asked of a counter.
enum CounterVerb {
  GET,
  SET,
  GET_AND_SET,
  GET_AND_ADD,
  COMPARE_AND_SET;

  @Nullable Object call(AtomicLong counter, Arguments arguments) {
    return switch (this) {
      case GET -> counter.get();
      case SET -> {
        counter.set(arguments.<Long>at(0));
        yield null;
      }
      case GET_AND_SET -> counter.getAndSet(arguments.<Long>at(0));
      case GET_AND_ADD -> counter.getAndAdd(arguments.<Long>at(0));
      case COMPARE_AND_SET -> counter.compareAndSet(arguments.<Long>at(0), arguments.<Long>at(1));
    };
  }
}
