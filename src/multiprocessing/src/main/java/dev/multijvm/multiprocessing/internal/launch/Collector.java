package dev.multijvm.multiprocessing.internal.launch;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

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

  private final String beanPrefix;

  Collector(String beanPrefix) {
    this.beanPrefix = beanPrefix;
  }

  /// The collector that `options` choose, where they do: the last one named.
  static Optional<Collector> chosenBy(List<String> options) {
    for (int i = options.size() - 1; i >= 0; i--) {
      for (Collector collector : values()) {
        if (options.get(i).equals(collector.flag())) {
          return Optional.of(collector);
        }
      }
    }
    return Optional.empty();
  }

  /// The collector that runs in this JVM, however it was chosen.
  static Optional<Collector> ofThisJvm() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      for (Collector collector : values()) {
        if (bean.getName().startsWith(collector.beanPrefix)) {
          return Optional.of(collector);
        }
      }
    }
    return Optional.empty();
  }

  /// Whether `option` switches a collector on or off.
  static boolean isChosenBy(String option) {
    for (Collector collector : values()) {
      if (option.equals(collector.flag()) || option.equals("-XX:-" + collector.flagName())) {
        return true;
      }
    }
    return false;
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
