package dev.multijvm.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The standard normal distribution, for planning only: no verdict rests on it.
final class Normal {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private Normal() {}

  /// How many standard errors to either side enclose the true value with probability `level`.
  static double quantile(double level) {
    Numbers.requireLevel(level);
    return STANDARD.inverseSurvivalProbability((1 - level) / 2);
  }
}
