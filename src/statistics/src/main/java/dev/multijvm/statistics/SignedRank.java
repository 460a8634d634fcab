package dev.multijvm.statistics;

import java.util.Arrays;

/// The exact Wilcoxon signed-rank procedures for differences of pairs, and the Hodges-Lehmann
/// estimate that belongs to them.
///
/// They assume that differences are independent and scatter symmetrically about the true one.
/// Random order within a pair sees to the symmetry; to independence only if each pair has its own
/// lot and no disturbance reaches into the next pair's difference. Where two pairs share a lot and
/// are disturbed alike, eight pairs can be as little as four, and their widest interval may miss on
/// one side with 2^-4 instead of 2^-8.
///
/// All probabilities are exact under that assumption: there is no normal approximation. Time grows
/// with the cube of the number of pairs (a thousand take a fraction of a second).
///
/// @see <a href="https://doi.org/10.1214/aoms/1177704172">Hodges and Lehmann (1963)</a>
public final class SignedRank {
  /// Fewer pairs than this cannot give a two-sided interval of 95 %.
  public static final int FEWEST_PAIRS = 6;

  private SignedRank() {}

  /// The Hodges-Lehmann estimate: the median of the means of all pairs of differences, each also
  /// paired with itself.
  public static double hodgesLehmann(double... differences) {
    double[] averages = walshAverages(differences);
    return middle(averages);
  }

  /// The estimate with the narrowest interval of at least `level`; where even the range of the
  /// differences has less (8 pairs allow 99.2 % at most), that range with its own exact level. Ties
  /// and zero differences make the true level higher than the one stated, never lower.
  ///
  /// @param level two-sided, such as 0.95
  /// @return a [Point] for fewer than [#FEWEST_PAIRS] differences, else an [Interval]
  public static Estimate interval(double[] differences, double level) {
    Numbers.requireLevel(level);
    double[] averages = walshAverages(differences);
    int pairs = differences.length;
    if (pairs < FEWEST_PAIRS) {
      return new Point(middle(averages), pairs, FEWEST_PAIRS);
    }
    double[] below = cumulative(ranks(pairs));
    int cut = Limits.cut(below, (1 - level) / 2);
    return new Interval(
        averages[cut], middle(averages), averages[averages.length - 1 - cut], 1 - 2 * below[cut]);
  }

  /// The probability of differences at least this high, taken together, if the true difference were
  /// zero.
  public static double pValueGreater(double... differences) {
    Numbers.requireFinite(differences);
    double[] magnitudes = Arrays.stream(differences).map(Math::abs).toArray();
    int[] ranks = Limits.doubledMidranks(magnitudes);
    // Pratt's way with zeros: they are ranked, then count on neither side.
    int[] signed = new int[ranks.length];
    int kept = 0;
    int observed = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (differences[i] == 0) {
        continue;
      }
      signed[kept++] = ranks[i];
      observed += differences[i] > 0 ? ranks[i] : 0;
    }
    int[] counted = Arrays.copyOf(signed, kept);
    // Sums at or above the observed one are mirror images of those at or below its complement.
    return cumulative(counted)[Arrays.stream(counted).sum() - observed];
  }

  /// The probability of differences at least this far from zero, on either side, if the true one
  /// were zero.
  public static double pValue(double... differences) {
    double greater = pValueGreater(differences);
    double less = pValueGreater(Arrays.stream(differences).map(d -> -d).toArray());
    return Math.min(1, 2 * Math.min(greater, less));
  }

  private static double[] walshAverages(double[] differences) {
    double[] sorted = Samples.of(differences).ascending();
    int n = sorted.length;
    double[] averages = new double[n * (n + 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        averages[next++] = sorted[i] / 2 + sorted[j] / 2;
      }
    }
    Arrays.sort(averages);
    return averages;
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
  }

  private static int[] ranks(int n) {
    int[] ranks = new int[n];
    Arrays.setAll(ranks, i -> i + 1);
    return ranks;
  }

  /// At index `s`, the probability that the ranks whose fair coin shows heads sum to `s` or less.
  private static double[] cumulative(int[] ranks) {
    double[] probability = new double[Arrays.stream(ranks).sum() + 1];
    probability[0] = 1;
    int highest = 0;
    for (int rank : ranks) {
      highest += rank;
      for (int sum = highest; sum >= 0; sum--) {
        double with = sum >= rank ? probability[sum - rank] : 0;
        probability[sum] = (probability[sum] + with) / 2;
      }
    }
    Arrays.parallelPrefix(probability, Double::sum);
    return probability;
  }
}
