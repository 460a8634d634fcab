package dev.multijvm.multiprocessing.internal.launch;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A garbage collector of HotSpot.
///
/// A child gets its parent's collector by name: left to itself, a JVM that may use one processor
/// silently takes Serial, and then an experiment compares collectors instead of processes.
enum Collector {
  EPSILON("Epsilon"),
  G1("G1"),
  PARALLEL("PS"),
  SERIAL("Copy"),
  SHENANDOAH("Shenandoah"),
  Z("ZGC");

  private static final long SERVER_MEMORY_BYTES = 1792L << 20;

  private final String beanPrefix;

  Collector(String beanPrefix) {
    this.beanPrefix = beanPrefix;
  }

  /// The collector that `options` choose: the last one named, `null` if none is.
  static @Nullable Collector chosenBy(List<String> options) {
    for (int i = options.size() - 1; i >= 0; i--) {
      for (Collector collector : values()) {
        if (options.get(i).equals(collector.flag())) {
          return collector;
        }
      }
    }
    return null;
  }

  /// The collector that runs in this JVM, however it was chosen; `null` if it is not known here.
  ///
  /// @param options what this JVM was started with
  static @Nullable Collector ofThisJvm(List<String> options) {
    Collector chosen = chosenBy(options);
    if (chosen != null) {
      return chosen;
    }
    return isSurelyServer() ? G1 : running();
  }

  /// Whether HotSpot will have taken this machine for a server, which gets G1: two processors and
  /// 1792 MiB. Asking the management beans instead costs some 30 ms.
  private static boolean isSurelyServer() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.availableProcessors() >= 2 && runtime.maxMemory() >= SERVER_MEMORY_BYTES;
  }

  private static @Nullable Collector running() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      for (Collector collector : values()) {
        if (bean.getName().startsWith(collector.beanPrefix)) {
          return collector;
        }
      }
    }
    return null;
  }

  String flag() {
    return "-XX:+" + flagName();
  }

  /// Whether compiled counted loops ask now and then whether they should stop, without being told
  /// to.
  ///
  /// Where they do not, `Runtime.halt` in another thread waits for the end of the loop: seconds.
  boolean pollsInCountedLoops() {
    return switch (this) {
      case G1, SHENANDOAH, Z -> true;
      case EPSILON, PARALLEL, SERIAL -> false;
    };
  }

  private String flagName() {
    return switch (this) {
      case EPSILON -> "UseEpsilonGC";
      case G1 -> "UseG1GC";
      case PARALLEL -> "UseParallelGC";
      case SERIAL -> "UseSerialGC";
      case SHENANDOAH -> "UseShenandoahGC";
      case Z -> "UseZGC";
    };
  }
}
