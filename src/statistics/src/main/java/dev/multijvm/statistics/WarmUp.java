package dev.multijvm.statistics;

import java.util.Arrays;

/// Whether iterations had become steady, judged by the last of them.
public sealed interface WarmUp {
  /// A slot whose last iterations fall by more than this share was measured too early.
  double TOLERATED_FALL = 0.02;

  /// So many of the last iterations are looked at.
  int WINDOW = 5;

  /// Fewer than these can fall by chance, whatever their order.
  int FEWEST = 4;

  /// The times had settled, as far as they tell.
  ///
  /// @param fall by which share they fell all the same; negative if they rose
  record Steady(double fall) implements WarmUp {}

  /// The times were still falling.
  ///
  /// @param fall by which share from the first to the last of the window
  record StillFalling(double fall) implements WarmUp {}

  /// Fewer than [#FEWEST] iterations tell no trend from noise.
  record TooFew(int iterations) implements WarmUp {}

  /// Judges the last [#WINDOW] times. They fall if they do so by more than [#TOLERATED_FALL], by
  /// the Theil-Sen slope of their logarithms (the median slope over all pairs, which one outlier
  /// does not move), and in such an order that a random one would in 1 of 24 cases (Mann's trend
  /// test, exact): noise alone falls by some per cent every other time.
  ///
  /// @param times positive, in the order they were measured
  /// @see <a href="https://doi.org/10.2307/1907187">Mann (1945)</a>
  static WarmUp of(double... times) {
    Numbers.requirePositive(times);
    if (times.length < FEWEST) {
      return new TooFew(times.length);
    }
    double[] last = Arrays.copyOfRange(times, Math.max(0, times.length - WINDOW), times.length);
    double[] slopes = slopes(last);
    double fall = 1 - Math.exp(Samples.median(slopes) * (last.length - 1));
    return fall > TOLERATED_FALL && fallsInOrder(slopes, last.length)
        ? new StillFalling(fall)
        : new Steady(fall);
  }

  private static double[] slopes(double[] times) {
    double[] slopes = new double[times.length * (times.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < times.length; i++) {
      for (int j = i + 1; j < times.length; j++) {
        slopes[next++] = Math.log(times[j] / times[i]) / (j - i);
      }
    }
    return slopes;
  }

  /// Of the 24 orders of four times one falls throughout; of the 120 of five, five have at most one
  /// pair that does not.
  private static boolean fallsInOrder(double[] slopes, int times) {
    long others = Arrays.stream(slopes).filter(slope -> slope >= 0).count();
    return others <= times - FEWEST;
  }
}
