package dev.multijvm.multiprocessing.internal.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a manager can serve: how such an object is made, and what can be asked of it.
public enum ServedType {
  MAP {
    @Override
    Object create() {
      return new ConcurrentHashMap<>();
    }

    @Override
    @SuppressWarnings("unchecked") // made by create
    @Nullable Object call(Object target, String verb, Arguments arguments) {
      return MapVerb.valueOf(verb).call((ConcurrentMap<Object, Object>) target, arguments);
    }
  },

  LIST {
    @Override
    Object create() {
      return new ArrayList<>();
    }

    @Override
    @SuppressWarnings("unchecked") // made by create
    @Nullable Object call(Object target, String verb, Arguments arguments) {
      synchronized (target) {
        return ListVerb.valueOf(verb).call((List<@Nullable Object>) target, arguments);
      }
    }
  },

  COUNTER {
    @Override
    Object create() {
      return new AtomicLong();
    }

    @Override
    @Nullable Object call(Object target, String verb, Arguments arguments) {
      return CounterVerb.valueOf(verb).call((AtomicLong) target, arguments);
    }
  };

  abstract Object create();

  /// Carries out a call, atomically.
  ///
  /// @return the result, which the caller gets a copy of
  abstract @Nullable Object call(Object target, String verb, Arguments arguments);
}
