package dev.multijvm.multiprocessing.internal.manager;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A map in a manager's process.
///
/// Functions that are serializable run there; for others the retrying methods of [ConcurrentMap]
/// do.
public final class MapProxy<K, V> extends AbstractMap<K, V>
    implements ConcurrentMap<K, V>, Serializable {
  private static final long serialVersionUID = 1L;

  private final RemoteObject remote;

  public MapProxy(RemoteObject remote) {
    this.remote = remote;
  }

  /// The result is of the type that the verb answers, null only if that type says so.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  private <T extends @Nullable Object> T call(MapVerb verb, @Nullable Object... arguments) {
    return (T) remote.call(verb, arguments);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return call(MapVerb.GET, Objects.requireNonNull(key));
  }

  @Override
  public @Nullable V put(K key, V value) {
    return call(MapVerb.PUT, Objects.requireNonNull(key), Objects.requireNonNull(value));
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    return call(MapVerb.REMOVE, Objects.requireNonNull(key));
  }

  @Override
  public int size() {
    return this.<Integer>call(MapVerb.SIZE);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return this.<Boolean>call(MapVerb.CONTAINS_KEY, Objects.requireNonNull(key));
  }

  @Override
  public boolean containsValue(@Nullable Object value) {
    return this.<Boolean>call(MapVerb.CONTAINS_VALUE, Objects.requireNonNull(value));
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> map) {
    call(MapVerb.PUT_ALL, new HashMap<>(map));
  }

  @Override
  public void clear() {
    call(MapVerb.CLEAR);
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    return call(MapVerb.PUT_IF_ABSENT, Objects.requireNonNull(key), Objects.requireNonNull(value));
  }

  @Override
  public boolean remove(@Nullable Object key, @Nullable Object value) {
    return value != null
        && this.<Boolean>call(MapVerb.REMOVE_PAIR, Objects.requireNonNull(key), value);
  }

  @Override
  public @Nullable V replace(K key, V value) {
    return call(MapVerb.REPLACE, Objects.requireNonNull(key), Objects.requireNonNull(value));
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    return this.<Boolean>call(
        MapVerb.REPLACE_PAIR,
        Objects.requireNonNull(key),
        Objects.requireNonNull(oldValue),
        Objects.requireNonNull(newValue));
  }

  @Override
  public @Nullable V getOrDefault(@Nullable Object key, @Nullable V defaultValue) {
    var value = get(key);
    return value == null ? defaultValue : value;
  }

  @Override
  public @Nullable V compute(
      K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
    return isSerializable(function)
        ? call(MapVerb.COMPUTE, Objects.requireNonNull(key), function)
        : ConcurrentMap.super.compute(key, (k, v) -> function.apply(k, copied(v)));
  }

  @Override
  public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
    return isSerializable(function)
        ? call(MapVerb.COMPUTE_IF_ABSENT, Objects.requireNonNull(key), function)
        : ConcurrentMap.super.computeIfAbsent(key, function);
  }

  @Override
  public @Nullable V computeIfPresent(
      K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
    return isSerializable(function)
        ? call(MapVerb.COMPUTE_IF_PRESENT, Objects.requireNonNull(key), function)
        : ConcurrentMap.super.computeIfPresent(key, (k, v) -> function.apply(k, copied(v)));
  }

  @Override
  public @Nullable V merge(
      K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
    return isSerializable(function)
        ? call(MapVerb.MERGE, Objects.requireNonNull(key), Objects.requireNonNull(value), function)
        : ConcurrentMap.super.merge(key, value, (v, w) -> function.apply(copied(v), w));
  }

  @Override
  public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
    if (isSerializable(function)) {
      call(MapVerb.REPLACE_ALL, function);
    } else {
      ConcurrentMap.super.replaceAll((k, v) -> function.apply(k, copied(v)));
    }
  }

  /// Whether the manager can apply it.
  private static boolean isSerializable(Object function) {
    return Objects.requireNonNull(function, "function") instanceof Serializable;
  }

  /// What a function may change as it likes: `value`, which came from the map, stays what the map
  /// compares with. A method that retries until nobody interfered would retry for ever otherwise.
  ///
  /// @throws IllegalArgumentException if `value` does not equal a copy of itself
  @SuppressWarnings({"unchecked", "NullAway"}) // a copy is of the same type, and null of null
  private static <V extends @Nullable Object> V copied(V value) {
    if (value == null) {
      return value;
    }
    var copy = Call.copy(value);
    if (!value.equals(copy)) {
      throw new IllegalArgumentException(
          "values of "
              + value.getClass().getTypeName()
              + " do not equal their copies, so a function to change them must be serializable");
    }
    return (V) copy;
  }

  @Override
  public void forEach(BiConsumer<? super K, ? super V> action) {
    copy().forEach(action);
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  @Override
  public Set<K> keySet() {
    return new Keys();
  }

  private Map<K, V> copy() {
    return this.<Map<K, V>>call(MapVerb.COPY);
  }

  /// A view whose iterators walk over a copy and change the map.
  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public int size() {
      return MapProxy.this.size();
    }

    @Override
    public void clear() {
      MapProxy.this.clear();
    }

    @Override
    public boolean remove(@Nullable Object entry) {
      return entry instanceof Entry<?, ?> pair
          && pair.getKey() != null
          && MapProxy.this.remove(pair.getKey(), pair.getValue());
    }

    @Override
    public Iterator<Entry<K, V>> iterator() {
      return new Walk<>() {
        @Override
        public Entry<K, V> next() {
          return nextEntry();
        }

        @Override
        void remove(Entry<K, V> entry) {
          removeIfSame(entry.getKey(), entry.getValue());
        }
      };
    }
  }

  /// As that of entries, but a key is removed whatever its value is.
  private final class Keys extends AbstractSet<K> {
    @Override
    public int size() {
      return MapProxy.this.size();
    }

    @Override
    public boolean contains(@Nullable Object key) {
      return containsKey(key);
    }

    @Override
    public boolean remove(@Nullable Object key) {
      return MapProxy.this.remove(key) != null;
    }

    @Override
    public void clear() {
      MapProxy.this.clear();
    }

    @Override
    public Iterator<K> iterator() {
      return new Walk<>() {
        @Override
        public K next() {
          return nextEntry().getKey();
        }

        @Override
        void remove(Entry<K, V> entry) {
          MapProxy.this.remove(entry.getKey());
        }
      };
    }
  }

  /// An iterator over a copy.
  private abstract class Walk<T> implements Iterator<T> {
    private final Iterator<Entry<K, V>> copied = copy().entrySet().iterator();
    private @Nullable Entry<K, V> last;

    @Override
    public final boolean hasNext() {
      return copied.hasNext();
    }

    final Entry<K, V> nextEntry() {
      var entry = new WritingEntry(copied.next());
      last = entry;
      return entry;
    }

    @Override
    public final void remove() {
      var entry = last;
      if (entry == null) {
        throw new IllegalStateException("remove before next");
      }
      remove(entry);
      last = null;
    }

    abstract void remove(Entry<K, V> entry);
  }

  /// Removes a key unless its value has changed; one that does not equal its copy cannot tell.
  private void removeIfSame(K key, V value) {
    if (value.equals(Call.copy(value))) {
      remove(key, value);
    } else {
      remove(key);
    }
  }

  /// An entry whose changes reach the map.
  private final class WritingEntry extends SimpleEntry<K, V> {
    private static final long serialVersionUID = 1L;

    WritingEntry(Entry<K, V> entry) {
      super(entry);
    }

    @Override
    public V setValue(V value) {
      MapProxy.this.put(getKey(), value);
      return super.setValue(value);
    }
  }
}
