package dev.multijvm.multiprocessing.internal.manager;

import java.io.IOException;
import java.nio.ByteBuffer;
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
    ByteBuffer call(Object target, String verb, Arguments arguments) throws IOException {
      return Call.encodeResult(
          MapVerb.valueOf(verb).call((ConcurrentMap<Object, Object>) target, arguments));
    }
  },

  LIST {
    @Override
    Object create() {
      return new ArrayList<>();
    }

    @Override
    @SuppressWarnings("unchecked") // made by create
    ByteBuffer call(Object target, String verb, Arguments arguments) throws IOException {
      synchronized (target) { // a function may change elements in place
        return Call.encodeResult(
            ListVerb.valueOf(verb).call((List<@Nullable Object>) target, arguments));
      }
    }
  },

  COUNTER {
    @Override
    Object create() {
      return new AtomicLong();
    }

    @Override
    ByteBuffer call(Object target, String verb, Arguments arguments) throws IOException {
      return Call.encodeResult(CounterVerb.valueOf(verb).call((AtomicLong) target, arguments));
    }
  };

  abstract Object create();

  /// Carries out a call, and encodes the result before anybody can change it.
  ///
  /// @throws IOException if the result cannot be serialized
  abstract ByteBuffer call(Object target, String verb, Arguments arguments) throws IOException;
}
