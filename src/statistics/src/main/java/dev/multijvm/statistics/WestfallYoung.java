package dev.multijvm.statistics;

import java.util.Arrays;
import java.util.Random;

/// Westfall and Young's single-step adjustment for many tests that were measured in the same
/// rounds, by permuting the rounds.
///
/// All tests of a round move together, so whatever they share (a yardstick, the machine's hour)
/// stays shared. The smallest p-value does not depend on how many tests there are, only on how many
/// ways there are to deal the rounds out: 1 of 924 for six and six, which ranks corrected by the
/// number of tests could not use beyond 46 of them.
///
/// Rounds must be independent and, where no test has a difference, alike in distribution; the
/// probability of any adjusted p-value at or below `alpha` is then at most `alpha`.
///
/// @see <a href="https://doi.org/10.1214/ss/1056397487">Dudoit, Shaffer and Boldrick (2003)</a>
public final class WestfallYoung {
  private static final int PERMUTATIONS = 9_999;

  /// The same numbers give the same p-values.
  private static final long SEED = 1;

  /// Sums of the same values in another order differ in the last bits.
  private static final double ROUNDING = 1e-9;

  private WestfallYoung() {}

  /// The adjusted probability, for each test, of values as much higher in `first` than in `second`.
  ///
  /// @param first for each test its values, one for each of the first group's rounds; not a number
  ///   where a round lacks it
  /// @param second the same of the second group's rounds
  public static double[] greater(double[][] first, double[][] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "not the same tests: " + first.length + " and " + second.length);
    }
    if (first.length == 0) {
      return new double[0];
    }
    int chosen = first[0].length;
    double[][] scores = new double[first.length][];
    Arrays.setAll(scores, test -> scores(Limits.concatenate(first[test], second[test])));
    int[] rounds = new int[scores[0].length];
    Arrays.setAll(rounds, round -> round);
    double[] observed = sums(scores, rounds, chosen);
    int[] reached = new int[scores.length];
    Random random = new Random(SEED);
    for (int i = 0; i < PERMUTATIONS; i++) {
      choose(rounds, chosen, random);
      double greatest = Arrays.stream(sums(scores, rounds, chosen)).max().orElseThrow();
      for (int test = 0; test < reached.length; test++) {
        reached[test] += greatest >= observed[test] - ROUNDING ? 1 : 0;
      }
    }
    // The rounds as they are count as one of the permutations, so that no p-value is zero.
    return Arrays.stream(reached)
        .mapToDouble(count -> (count + 1.0) / (PERMUTATIONS + 1))
        .toArray();
  }

  /// The values with mean 0 and sum of squares 1; 0 where there is none, or all are equal. Sums
  /// over the first group's rounds then order all ways to deal the rounds out as Student's t does.
  private static double[] scores(double... values) {
    double mean = Arrays.stream(values).filter(Double::isFinite).average().orElse(0);
    double[] centred =
        Arrays.stream(values).map(value -> Double.isFinite(value) ? value - mean : 0).toArray();
    double length = Math.sqrt(Arrays.stream(centred).map(value -> value * value).sum());
    return Arrays.stream(centred).map(value -> length > 0 ? value / length : 0).toArray();
  }

  private static double[] sums(double[][] scores, int[] rounds, int chosen) {
    double[] sums = new double[scores.length];
    for (int test = 0; test < sums.length; test++) {
      for (int i = 0; i < chosen; i++) {
        sums[test] += scores[test][rounds[i]];
      }
    }
    return sums;
  }

  /// Puts `chosen` rounds drawn at random first.
  private static void choose(int[] rounds, int chosen, Random random) {
    for (int i = 0; i < chosen; i++) {
      int other = i + random.nextInt(rounds.length - i);
      int round = rounds[i];
      rounds[i] = rounds[other];
      rounds[other] = round;
    }
  }
}
