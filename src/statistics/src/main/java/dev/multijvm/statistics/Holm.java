package dev.multijvm.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Holm's step-down adjustment for many tests at once.
public final class Holm {
  private Holm() {}

  /// Adjusted p-values, in the order given: rejecting those at or below `alpha` keeps the
  /// probability of any false rejection at or below `alpha`, however the tests depend on each
  /// other.
  public static double[] adjust(double... pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("p-values must be from 0 to 1: " + p);
      }
    }
    int[] order =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double floor = 0;
    for (int step = 0; step < order.length; step++) {
      floor = Math.max(floor, Math.min(1, (order.length - step) * pValues[order[step]]));
      adjusted[order[step]] = floor;
    }
    return adjusted;
  }
}
