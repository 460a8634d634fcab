package dev.multijvm.report.finding;

import dev.multijvm.statistics.Estimate;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// The unit of time for one sentence, table or chart, chosen once for all its values.
public enum Scale {
  NANOSECONDS("ns", 1e6),
  MICROSECONDS("µs", 1e3),
  MILLISECONDS("ms", 1),
  SECONDS("s", 1e-3);

  private final String unit;
  private final double perMilli;

  Scale(String unit, double perMilli) {
    this.unit = unit;
    this.perMilli = perMilli;
  }

  /// The largest unit in which the middle of `millis` (half-way on a logarithmic scale) is at least
  /// one.
  public static Scale of(double... millis) {
    DoubleStream sizes = Arrays.stream(millis).map(Math::abs).filter(size -> size > 0);
    OptionalDouble middle = sizes.map(Math::log).average();
    double size = middle.isPresent() ? Math.exp(middle.getAsDouble()) : 1;
    Scale scale = NANOSECONDS;
    for (Scale candidate : values()) {
      if (candidate.convert(size) >= 0.9995) {
        scale = candidate;
      }
    }
    return scale;
  }

  public String unit() {
    return unit;
  }

  /// `millis` in this unit.
  public double convert(double millis) {
    return millis * perMilli;
  }

  /// In the unit that suits it: `183 ms [180, 186]`, or `183 ms (5 rounds)` where there is no
  /// interval.
  public static String words(Estimate millis) {
    Scale scale = of(millis.estimate());
    String[] words = Wording.estimate(millis.map(scale::convert)).split(" ", 2);
    return words[0] + " " + scale.unit + " " + words[1];
  }

  /// `183 ms`.
  public String text(double millis) {
    return Wording.number(convert(millis)) + " " + unit;
  }
}
