package dev.multijvm.multiprocessing.internal.manager;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What can be asked of a map.
enum MapVerb {
  GET,
  PUT,
  REMOVE,
  SIZE,
  CONTAINS_KEY,
  CONTAINS_VALUE,
  COPY,
  PUT_ALL,
  CLEAR,
  PUT_IF_ABSENT,
  REMOVE_PAIR,
  REPLACE,
  REPLACE_PAIR,
  REPLACE_ALL,
  COMPUTE,
  COMPUTE_IF_ABSENT,
  COMPUTE_IF_PRESENT,
  MERGE;

  @Nullable Object call(ConcurrentMap<Object, Object> map, Arguments a) {
    return switch (this) {
      case GET -> map.get(a.at(0));
      case PUT -> map.put(a.at(0), a.at(1));
      case REMOVE -> map.remove(a.at(0));
      case SIZE -> map.size();
      case CONTAINS_KEY -> map.containsKey(a.at(0));
      case CONTAINS_VALUE -> map.containsValue(a.at(0));
      case COPY -> new HashMap<>(map);
      case PUT_ALL -> {
        map.putAll(a.<Map<Object, Object>>at(0));
        yield null;
      }
      case CLEAR -> {
        map.clear();
        yield null;
      }
      case PUT_IF_ABSENT -> map.putIfAbsent(a.at(0), a.at(1));
      case REMOVE_PAIR -> map.remove(a.at(0), a.at(1));
      case REPLACE -> map.replace(a.at(0), a.at(1));
      case REPLACE_PAIR -> map.replace(a.at(0), a.at(1), a.at(2));
      case REPLACE_ALL -> {
        map.replaceAll(onCopies(a.at(0)));
        yield null;
      }
      case COMPUTE -> map.compute(a.at(0), onCopies(a.at(1)));
      case COMPUTE_IF_ABSENT -> map.computeIfAbsent(a.at(0), a.<Function<Object, Object>>at(1));
      case COMPUTE_IF_PRESENT -> map.computeIfPresent(a.at(0), onCopies(a.at(1)));
      case MERGE -> {
        var function = a.<BiFunction<Object, Object, Object>>at(2);
        yield map.merge(a.at(0), a.at(1), (old, value) -> function.apply(Call.copy(old), value));
      }
    };
  }

  /// A value that is in the map never changes: it may be on its way to somebody at this moment.
  private static BiFunction<Object, Object, Object> onCopies(
      BiFunction<Object, @Nullable Object, Object> function) {
    return (key, value) -> function.apply(key, Call.copy(value));
  }
}
