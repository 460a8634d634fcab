package dev.multijvm.statistics;

import java.util.Arrays;

/// Whether iterations had become steady, judged by the last of them.
public sealed interface WarmUp {
  /// A slot whose last iterations fall by more than this share was measured too early.
  double TOLERATED_FALL = 0.02;

  /// So many of the last iterations are looked at.
  int WINDOW = 5;

  /// The times had settled.
  ///
  /// @param fall by which share they fell all the same; negative if they rose
  record Steady(double fall) implements WarmUp {}

  /// The times were still falling.
  ///
  /// @param fall by which share from the first to the last of the window
  record StillFalling(double fall) implements WarmUp {}

  /// Fewer than three iterations tell no trend from noise.
  record TooFew(int iterations) implements WarmUp {}

  /// Judges the last [#WINDOW] times by the Theil-Sen slope of their logarithms: the median slope
  /// over all pairs, which one outlier does not move.
  ///
  /// @param times positive, in the order they were measured
  static WarmUp of(double... times) {
    Numbers.requirePositive(times);
    if (times.length < 3) {
      return new TooFew(times.length);
    }
    double[] last = Arrays.copyOfRange(times, Math.max(0, times.length - WINDOW), times.length);
    double fall = 1 - Math.exp(slope(last) * (last.length - 1));
    return fall > TOLERATED_FALL ? new StillFalling(fall) : new Steady(fall);
  }

  private static double slope(double[] times) {
    double[] slopes = new double[times.length * (times.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      for (int j = i + 1; j < times.length; j++) {
        slopes[next++] = Math.log(times[j] / times[i]) / (j - i);
      }
    }
    return Samples.median(slopes);
  }
}
