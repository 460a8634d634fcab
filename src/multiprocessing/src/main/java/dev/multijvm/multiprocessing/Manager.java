package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.manager.CounterProxy;
import dev.multijvm.multiprocessing.internal.manager.ListProxy;
import dev.multijvm.multiprocessing.internal.manager.ManagerProcess;
import dev.multijvm.multiprocessing.internal.manager.MapProxy;
import dev.multijvm.multiprocessing.internal.manager.ServedType;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/// Maps, lists and counters in a process of their own, for many processes to use at once.
///
/// What [#map], [#list] and [#counter] return are proxies: they travel inside tasks and messages,
/// and each call is carried out in the manager's process.
///
/// ```java
/// try (var manager = Manager.start();
///     var pool = ProcessPool.open()) {
///   ConcurrentMap<String, Integer> counts = manager.map();
///   pool.map(
///       word ->
///           counts.merge(word, 1, (BinaryOperator<Integer> & Serializable) Integer::sum),
///       words);
/// }
/// ```
///
/// **Calls** keep the contract of the JDK's interface and take a round trip over a local socket
/// each. Those of counters and lists are atomic, and those of maps that are about one key; `size`,
/// `containsValue`, `clear`, `putAll`, `replaceAll` and iterators of a map see others' changes half
/// way, as those of a [ConcurrentHashMap][java.util.concurrent.ConcurrentHashMap] do. Values are
/// copied on the way in and on the way out: changing what `get` returned changes nothing in the
/// manager. Keys, values and elements must be serializable ([IllegalArgumentException] if not) and
/// their classes are found on the class path of the process that started the manager. Calls are not
/// interrupted: an interrupted thread finishes its call and keeps its status. Any number of
/// threads, platform or virtual, of any number of processes may call.
///
/// **Functions.** A function given to `compute`, `merge`, `removeIf` or their kin runs in the
/// manager's process if it is serializable, which a lambda is by a cast as above, and must not use
/// the same manager there. Other functions run in the caller: a map retries until nobody
/// interfered, as [ConcurrentMap] describes, which takes two round trips or more, and values that
/// equal their copies: those that do not, such as arrays, are refused by
/// [IllegalArgumentException]. A list refuses such functions.
///
/// **Iterators** walk over a copy. A map's remove an entry or a value only if it is still as they
/// saw it, where values equal their copies. Those of a list and its sublists write by index, for a
/// list that nobody else changes meanwhile.
///
/// **The end.** The objects live until [#close], or until the process that started the manager
/// ends, which ends the manager's process within a second. From then on every call throws
/// [MultiprocessingException].
public final class Manager implements AutoCloseable {
  private final ManagerProcess process;

  private Manager(ManagerProcess process) {
    this.process = process;
  }

  /// Starts a process that has no objects yet.
  ///
  /// @throws MultiprocessingException if it cannot be started
  public static Manager start() {
    return new Manager(ManagerProcess.start());
  }

  /// A new, empty map: in the manager's process a
  /// [ConcurrentHashMap][java.util.concurrent.ConcurrentHashMap].
  ///
  /// @param <K> the type of the keys, serializable
  /// @param <V> the type of the values, serializable
  public <K, V> ConcurrentMap<K, V> map() {
    return new MapProxy<>(process.create(ServedType.MAP));
  }

  /// A new, empty list, which takes null and any number of callers.
  ///
  /// @param <E> the type of the elements, serializable
  public <E> List<E> list() {
    return new ListProxy<>(process.create(ServedType.LIST));
  }

  /// A new counter, which stands at zero.
  public Counter counter() {
    return new CounterProxy(process.create(ServedType.COUNTER));
  }

  /// The process that has the objects.
  public long pid() {
    return process.pid();
  }

  /// Ends the process, and with it all of its objects. Closing twice is harmless.
  @Override
  public void close() {
    process.close();
  }
}
