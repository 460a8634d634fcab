package dev.multijvm.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The exact Mann-Whitney (Wilcoxon rank-sum) procedures for two groups that are not paired.
///
/// They assume that the groups scatter alike, one shifted against the other. Where measurements can
/// be paired, [SignedRank] is the better choice: it is blind to drift.
public final class MannWhitney {
  private static final double WIDEST_ALPHA = 0.025;

  private MannWhitney() {}

  /// By how much values of `first` are higher than values of `second`: the median of all their
  /// differences, with the narrowest interval of at least `level`, or the widest there is with its
  /// own exact level.
  ///
  /// @param level two-sided, such as 0.95
  /// @return a [Point] where the groups are so small that no interval of 95 % exists (3 and 4, for
  ///   instance)
  public static Estimate shift(double[] first, double[] second, double level) {
    Numbers.requireLevel(level);
    Numbers.requireFinite(first);
    Numbers.requireFinite(second);
    double[] differences =
        Arrays.stream(first).flatMap(x -> Arrays.stream(second).map(y -> x - y)).toArray();
    double estimate = Samples.median(differences);
    int total = first.length + second.length;
    double[] below = cumulative(IntStream.rangeClosed(1, total).toArray(), first.length);
    int least = first.length * (first.length + 1) / 2;
    double[] fromLeast = Arrays.copyOfRange(below, least, below.length);
    if (ways(total, first.length) * WIDEST_ALPHA < 1) {
      return new Point(estimate, total, needed(first.length, second.length));
    }
    Arrays.sort(differences);
    int cut = Limits.cut(fromLeast, (1 - level) / 2);
    return new Interval(
        differences[cut],
        estimate,
        differences[differences.length - 1 - cut],
        1 - 2 * fromLeast[cut]);
  }

  /// The probability of ranks at least this uneven, on either side, if both groups were alike;
  /// exact with ties.
  public static double pValue(double[] first, double[] second) {
    Numbers.requireFinite(first);
    Numbers.requireFinite(second);
    int[] ranks = Limits.doubledMidranks(Limits.concatenate(first, second));
    double[] below = cumulative(ranks, first.length);
    int observed = IntStream.range(0, first.length).map(i -> ranks[i]).sum();
    double less = below[observed];
    double greater = 1 - (observed == 0 ? 0 : below[observed - 1]);
    return Math.min(1, 2 * Math.min(less, greater));
  }

  /// How many values both groups together need for an interval, the smaller one growing first.
  private static int needed(int first, int second) {
    int smaller = Math.min(first, second);
    int larger = Math.max(first, second);
    while (ways(smaller + larger, smaller) * WIDEST_ALPHA < 1) {
      if (smaller < larger) {
        smaller++;
      } else {
        larger++;
      }
    }
    return smaller + larger;
  }

  private static double ways(int total, int chosen) {
    double ways = 1;
    for (int i = 1; i <= chosen; i++) {
      ways = ways * (total - chosen + i) / i;
    }
    return ways;
  }

  /// At index `s`, the probability that `chosen` of the ranks, drawn at random, sum to `s` or less.
  private static double[] cumulative(int[] ranks, int chosen) {
    int highest = Arrays.stream(ranks).sum();
    double[][] ways = new double[chosen + 1][highest + 1];
    ways[0][0] = 1;
    for (int rank : ranks) {
      for (int taken = chosen; taken >= 1; taken--) {
        for (int sum = highest; sum >= rank; sum--) {
          ways[taken][sum] += ways[taken - 1][sum - rank];
        }
      }
    }
    double[] probability = ways[chosen];
    Arrays.parallelPrefix(probability, Double::sum);
    double all = probability[highest];
    Arrays.setAll(probability, i -> probability[i] / all);
    return probability;
  }
}
