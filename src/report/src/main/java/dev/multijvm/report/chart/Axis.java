package dev.multijvm.report.chart;

import java.util.Arrays;

/// A range of values and what it means.
///
/// @param label what is measured, in which unit: "ms for one operation"
/// @param isLogarithmic whether equal ratios are equal distances; then `low` is positive
public record Axis(String label, double low, double high, boolean isLogarithmic) {
  private static final double MARGIN = 0.06;
  private static final double ROOM_FOR_HALF_A_MARKER = 0.018;

  public Axis {
    if (!(low < high) || (isLogarithmic && low <= 0)) {
      throw new IllegalArgumentException("not a range: " + low + " to " + high);
    }
  }

  /// From zero to a little more than the greatest of `values`.
  public static Axis fromZero(String label, double... values) {
    double greatest = Arrays.stream(values).max().orElse(1);
    double high = greatest > 0 ? greatest * (1 + MARGIN) : 1;
    return new Axis(label, -high * ROOM_FOR_HALF_A_MARKER, high, false);
  }

  /// A little wider than the range of the positive `values`.
  public static Axis logarithmic(String label, double... values) {
    double least = Arrays.stream(values).filter(value -> value > 0).min().orElse(0.1);
    double greatest = Arrays.stream(values).filter(value -> value > 0).max().orElse(10);
    double margin = Math.max(Math.pow(greatest / least, MARGIN), 1.02);
    return new Axis(label, least / margin, greatest * margin, true);
  }
}
