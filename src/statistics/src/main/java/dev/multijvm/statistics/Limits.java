package dev.multijvm.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What the two rank procedures share: where to cut the sorted candidates, and ranks of tied
/// values.
final class Limits {
  private Limits() {}

  /// The greatest rank sum whose lower tail has at most `alpha`; zero where even that one has more.
  static int cut(double[] cumulative, double alpha) {
    int cut = 0;
    // Halves of halves are exact, sums of other fractions are not: a last bit must not decide.
    double limit = alpha * (1 + 1e-12);
    while (cumulative[cut + 1] <= limit) {
      cut++;
    }
    return cut;
  }

  /// Twice the ranks of `values`, tied ones sharing the mean of theirs; doubled, they are whole
  /// numbers.
  static int[] doubledMidranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[values.length];
    int first = 0;
    while (first < order.length) {
      int last = first;
      while (last + 1 < order.length && values[order[last + 1]] == values[order[first]]) {
        last++;
      }
      for (int i = first; i <= last; i++) {
        ranks[order[i]] = first + last + 2;
      }
      first = last + 1;
    }
    return ranks;
  }

  /// `values` of both groups, one after the other.
  static double[] concatenate(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
