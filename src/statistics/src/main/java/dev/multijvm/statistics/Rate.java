package dev.multijvm.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// How often something happened: `events` times in `trials` independent trials.
public record Rate(int events, int trials) {
  public Rate {
    if (trials < 1 || events < 0 || events > trials) {
      throw new IllegalArgumentException(
          "events must be from 0 to trials, trials positive: " + events + " of " + trials);
    }
  }

  /// The share of trials with its Clopper-Pearson interval, which holds with at least `level`.
  public Interval interval(double level) {
    Numbers.requireLevel(level);
    double alpha = (1 - level) / 2;
    double low =
        events == 0
            ? 0
            : BetaDistribution.of(events, trials - events + 1).inverseCumulativeProbability(alpha);
    double high =
        events == trials
            ? 1
            : BetaDistribution.of(events + 1, trials - events).inverseSurvivalProbability(alpha);
    return new Interval(low, (double) events / trials, high, level);
  }
}
