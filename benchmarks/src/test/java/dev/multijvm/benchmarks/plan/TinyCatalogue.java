package dev.multijvm.benchmarks.plan;

import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A catalogue of cases of the tiny suite.
public final class TinyCatalogue {
  private TinyCatalogue() {}

  public static Catalogue of(String... cases) {
    return new Catalogue(Stream.of(cases).map(it -> point(it, 0)).toList());
  }

  public static Variant variant(String caseName) {
    return point(caseName, 0).in(Modes.NONE);
  }

  /// One that is measured only where there is time for it.
  public static Variant extra(String caseName) {
    return point(caseName, Catalogue.FIRST_EXTRA).in(Modes.NONE);
  }

  private static Point point(String caseName, int priority) {
    List<String> without = List.of(Modes.NONE);
    return new Point(
        "tiny",
        caseName,
        Map.of(),
        new Modes(without, without, without),
        Role.workload,
        Temperature.warm,
        2,
        "ms",
        "Tiny: " + caseName,
        priority,
        0.5);
  }
}
