package dev.multijvm.statistics;

import java.util.Arrays;

/// How many times as long one thing takes as another, both measured in the same rounds.
///
/// @param pairs how many rounds had both
/// @param ratio below 1: the numerator was faster
public record PairedRatio(int pairs, Estimate ratio) {
  /// The level asked for where the caller does not say another.
  public static final double LEVEL = 0.95;

  public PairedRatio {
    if (pairs < 1) {
      throw new IllegalArgumentException("pairs must be positive: " + pairs);
    }
  }

  /// The ratio with the interval that a run of so many rounds may state ([Looks#RUN]): a run that
  /// stops where it looks precise enough still encloses the truth in at least 95 % of cases.
  ///
  /// @param numerator positive, one value per round
  /// @param denominator positive, of the same rounds in the same order
  public static PairedRatio of(double[] numerator, double[] denominator) {
    return of(numerator, denominator, Looks.RUN.level(numerator.length));
  }

  /// The Hodges-Lehmann estimate of the ratio with its exact signed-rank interval, both made of
  /// logarithms.
  ///
  /// @param numerator positive, one value per round
  /// @param denominator positive, of the same rounds in the same order
  /// @param level two-sided, such as 0.95
  public static PairedRatio of(double[] numerator, double[] denominator, double level) {
    double[] logarithms = logarithms(numerator, denominator);
    return new PairedRatio(
        logarithms.length, SignedRank.interval(logarithms, level).map(Math::exp));
  }

  /// The natural logarithms of the ratios, pair by pair.
  ///
  /// @throws IllegalArgumentException if the lengths differ, or a value is not positive and finite
  public static double[] logarithms(double[] numerator, double[] denominator) {
    if (numerator.length != denominator.length) {
      throw new IllegalArgumentException(
          "not pairs: "
              + numerator.length
              + " numerators, "
              + denominator.length
              + " denominators");
    }
    Numbers.requirePositive(numerator);
    Numbers.requirePositive(denominator);
    double[] logarithms = new double[numerator.length];
    Arrays.setAll(logarithms, i -> Math.log(numerator[i] / denominator[i]));
    return logarithms;
  }
}
