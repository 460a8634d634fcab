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
    return new Catalogue(Stream.of(cases).map(TinyCatalogue::point).toList());
  }

  public static Variant variant(String caseName) {
    return point(caseName).in(Modes.NONE);
  }

  private static Point point(String caseName) {
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
        0,
        0.5);
  }
}
