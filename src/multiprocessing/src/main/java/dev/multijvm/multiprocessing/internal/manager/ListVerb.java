package dev.multijvm.multiprocessing.internal.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What can be asked of a list.
enum ListVerb {
  SIZE,
  GET,
  GET_FIRST,
  GET_LAST,
  SET,
  ADD,
  INSERT,
  REMOVE_AT,
  REMOVE_FIRST,
  REMOVE_LAST,
  REMOVE_RANGE,
  REMOVE,
  INDEX_OF,
  LAST_INDEX_OF,
  CONTAINS_ALL,
  ADD_ALL,
  INSERT_ALL,
  REMOVE_ALL,
  RETAIN_ALL,
  REMOVE_IF,
  REPLACE_ALL,
  SORT,
  COPY,
  CLEAR;

  @Nullable Object call(List<@Nullable Object> list, Arguments a) {
    return switch (this) {
      case SIZE -> list.size();
      case GET -> list.get(a.<Integer>at(0));
      case GET_FIRST -> list.getFirst();
      case GET_LAST -> list.getLast();
      case SET -> list.set(a.<Integer>at(0), a.nullableAt(1));
      case ADD -> list.add(a.nullableAt(0));
      case INSERT -> {
        list.add(a.<Integer>at(0), a.nullableAt(1));
        yield null;
      }
      case REMOVE_AT -> list.remove(a.<Integer>at(0).intValue());
      case REMOVE_FIRST -> list.removeFirst();
      case REMOVE_LAST -> list.removeLast();
      case REMOVE_RANGE -> {
        list.subList(a.<Integer>at(0), a.<Integer>at(1)).clear();
        yield null;
      }
      case REMOVE -> list.remove(a.nullableAt(0));
      case INDEX_OF -> list.indexOf(a.nullableAt(0));
      case LAST_INDEX_OF -> list.lastIndexOf(a.nullableAt(0));
      case CONTAINS_ALL -> list.containsAll(a.<Collection<Object>>at(0));
      case ADD_ALL -> list.addAll(a.<Collection<Object>>at(0));
      case INSERT_ALL -> list.addAll(a.<Integer>at(0), a.<Collection<Object>>at(1));
      case REMOVE_ALL -> list.removeAll(a.<Collection<Object>>at(0));
      case RETAIN_ALL -> list.retainAll(a.<Collection<Object>>at(0));
      case REMOVE_IF -> list.removeIf(a.<Predicate<@Nullable Object>>at(0));
      case REPLACE_ALL -> {
        list.replaceAll(a.<UnaryOperator<@Nullable Object>>at(0));
        yield null;
      }
      case SORT -> {
        list.sort(a.nullableAt(0) == null ? null : a.<Comparator<@Nullable Object>>at(0));
        yield null;
      }
      case COPY -> new ArrayList<>(list);
      case CLEAR -> {
        list.clear();
        yield null;
      }
    };
  }
}
