package dev.multijvm.benchmarks.plan;

import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A case with all parameters but the mode. Its variants, one for each mode, are what is compared,
/// so when the time is short they are left out together.
///
/// @param parameters all but the mode
/// @param modes in which it is measured
/// @param workers the most tasks that run at once
/// @param priority 0 is measured in every run; the highest number is left out first
/// @param seconds for a slot on two processors, about: until the first round has told better
/// @param items how many things of a kind one operation handles
record Point(
    String suite,
    String caseName,
    Map<String, String> parameters,
    Modes modes,
    Role role,
    Temperature temperature,
    int workers,
    String unit,
    String title,
    int priority,
    double seconds,
    int items) {
  Point {
    // Sorted, because their order is part of ids and must be the same in every JVM.
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /// One whose operation is one thing.
  Point(
      String suite,
      String caseName,
      Map<String, String> parameters,
      Modes modes,
      Role role,
      Temperature temperature,
      int workers,
      String unit,
      String title,
      int priority,
      double seconds) {
    this(
        suite,
        caseName,
        parameters,
        modes,
        role,
        temperature,
        workers,
        unit,
        title,
        priority,
        seconds,
        1);
  }

  /// Whether it only explains what others answer.
  boolean isExtra() {
    return priority >= Catalogue.FIRST_EXTRA;
  }

  Variant in(String mode) {
    Map<String, String> all = new LinkedHashMap<>();
    if (!mode.equals(Modes.NONE)) {
      all.put(Variant.MODE, mode);
    }
    all.putAll(parameters);
    return Variant.of(this, all);
  }

  /// The module without which it cannot run in Python's modes.
  String pythonModule() {
    return suite.equals("thumbnail") ? "PIL" : "multiprocessing";
  }
}
