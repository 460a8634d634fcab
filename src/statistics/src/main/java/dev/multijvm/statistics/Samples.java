package dev.multijvm.statistics;

import java.util.Arrays;
import java.util.Collection;

/// Numbers measured under one condition, kept in ascending order.
public final class Samples {
  private final double[] sorted;

  private Samples(double[] sorted) {
    this.sorted = sorted;
  }

  /// Takes a copy of `values`, in any order.
  ///
  /// @throws IllegalArgumentException if there are none or one of them is not finite
  public static Samples of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Numbers.requireFinite(sorted);
    return new Samples(sorted);
  }

  /// Takes a copy of `values`, in any order.
  ///
  /// @throws IllegalArgumentException if there are none or one of them is not finite
  public static Samples of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// The median of `values`: the middle one, or half-way between the two in the middle.
  public static double median(double... values) {
    return of(values).median();
  }

  public int size() {
    return sorted.length;
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  public double mean() {
    return Arrays.stream(sorted).average().orElseThrow();
  }

  public double median() {
    return quantile(0.5);
  }

  /// The value below which a share `probability` of the samples lies, interpolated linearly between
  /// neighbours (definition 7 of Hyndman and Fan, the default of R and NumPy).
  ///
  /// @param probability from 0 (the least) to 1 (the greatest)
  public double quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1: " + probability);
    }
    double place = probability * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// The samples in ascending order, as a fresh array.
  public double[] ascending() {
    return sorted.clone();
  }

  @Override
  public String toString() {
    return "Samples" + Arrays.toString(sorted);
  }
}
