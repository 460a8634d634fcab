package dev.multijvm.report.chart;

import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Round values for an axis: 1, 2 and 5 and their powers of ten.
final class Ticks {
  private static final int[] STEPS = {1, 2, 5};

  private Ticks() {}

  /// Equidistant round values from `low` to `high`, at most `most` of them but for the rounding.
  static List<Double> linear(double low, double high, int most) {
    double step = step((high - low) / Math.max(1, most));
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(rounded(i * step));
    }
    return ticks;
  }

  /// 1-2-5 values from `low` to `high`, both positive; powers of ten alone, or some of them, where
  /// these are more than `most`; round steps where the range is too small for them.
  static List<Double> logarithmic(double low, double high, int most) {
    List<Double> all = new ArrayList<>();
    List<Double> decades = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    for (int exponent = first; exponent <= last; exponent++) {
      for (int step : STEPS) {
        double value = rounded(step * Math.pow(10, exponent));
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
          all.add(value);
          if (step == 1) {
            decades.add(value);
          }
        }
      }
    }
    if (all.size() < 3) {
      return linear(low, high, most).stream().filter(value -> value > 0).toList();
    }
    if (all.size() <= most) {
      return all;
    }
    int every = Math.ceilDiv(decades.size(), Math.max(1, most));
    List<Double> some = new ArrayList<>();
    for (int i = 0; i < decades.size(); i += every) {
      some.add(decades.get(i));
    }
    return some;
  }

  /// The shortest text of a round value: `0.5`, `20`, `1,000`.
  static String text(double value) {
    for (int decimals = 0; decimals < 9; decimals++) {
      if (Math.abs(value - Math.round(value * Math.pow(10, decimals)) / Math.pow(10, decimals))
          <= Math.abs(value) * 1e-9) {
        return Wording.fixed(value, decimals);
      }
    }
    return Double.toString(value);
  }

  private static double step(double least) {
    double decade = Math.pow(10, Math.floor(Math.log10(least)));
    for (int step : STEPS) {
      if (step * decade >= least * (1 - 1e-9)) {
        return step * decade;
      }
    }
    return 10 * decade;
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.9g", value));
  }
}
