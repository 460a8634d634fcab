package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRankTest {
  /// Depression scores before and after a tranquillizer, Hollander and Wolfe (1973), p. 29.
  private static final double[] DEPRESSION = {
    -0.952, 0.147, -1.022, -0.430, -0.620, -0.590, -0.490, 0.080, -0.010
  };

  @Test
  void estimateAndIntervalOfATextbookExampleAgreeWithTheBook() {
    Interval interval = (Interval) SignedRank.interval(DEPRESSION, 0.95);

    assertThat(interval.estimate()).isCloseTo(-0.46, within(1e-12));
    assertThat(interval.low()).isCloseTo(-0.786, within(1e-12));
    assertThat(interval.high()).isCloseTo(-0.010, within(1e-12));
    assertThat(interval.level()).isEqualTo(1 - 2 * 10.0 / 512);
  }

  /// The heights of Darwin's crossed and self-fertilised maize (1876), in eighths of an inch, as
  /// Fisher (1935) pairs them; p by scipy.stats.wilcoxon of SciPy 1.17, the rest by sorting its 120
  /// averages.
  @Test
  void darwinsMaizeAgreesWithSciPy() {
    double[] maize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

    Interval interval = (Interval) SignedRank.interval(maize, 0.95);

    assertThat(SignedRank.pValue(maize)).isEqualTo(0.041259765625);
    assertThat(interval).isEqualTo(new Interval(4, 25, 41.5, 1 - 2 * 0.023956298828125));
  }

  @Test
  void pValueOfATextbookExampleAgreesWithTheBook() {
    double[] decrease = DoubleStream.of(DEPRESSION).map(d -> -d).toArray();

    assertThat(SignedRank.pValueGreater(decrease)).isCloseTo(0.01953, within(5e-6));
  }

  /// One-sided critical values for 0.025 and their exact tail probabilities, from published tables.
  @ParameterizedTest
  @CsvSource({
    "6, 0.0156",
    "8, 0.0195",
    "10, 0.0244",
    "12, 0.0212",
    "16, 0.0222",
    "20, 0.0242",
    "24, 0.0245"
  })
  void levelsAgreeWithPublishedTables(int pairs, double tail) {
    Interval interval = (Interval) SignedRank.interval(oneTo(pairs), 0.95);

    assertThat((1 - interval.level()) / 2).isCloseTo(tail, within(5e-5));
  }

  @Test
  void fewerThanSixPairsGiveAPointWithoutAnInterval() {
    Estimate estimate = SignedRank.interval(new double[] {1, 2, 3, 4, 5}, 0.95);

    assertThat(estimate).isEqualTo(new Point(3, 5, 6));
  }

  @Test
  void unattainableLevelGivesTheRangeAndItsOwnLevel() {
    Interval interval = (Interval) SignedRank.interval(oneTo(8), 0.999);

    assertThat(interval).isEqualTo(new Interval(1, 4.5, 8, 1 - 2.0 / 256));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 10, 12})
  void intervalEnclosesTheTruthExactlyAsOftenAsItSaysOverAllSigns(int pairs) {
    double[] magnitudes = randomMagnitudes(pairs);
    double level = ((Interval) SignedRank.interval(magnitudes, 0.9)).level();

    assertThat(coverageOverAllSigns(magnitudes)).isEqualTo(level);
  }

  @Test
  void tiesAndZerosOnlyMakeTheIntervalSafer() {
    double[] tied = {1, 1, 1, 2, 2, 3, 3, 3};
    double[] withZeros = {0, 0, 1, 2, 3, 4, 5, 6};
    double level = ((Interval) SignedRank.interval(oneTo(8), 0.9)).level();

    assertThat(coverageOverAllSigns(tied)).isGreaterThanOrEqualTo(level);
    assertThat(coverageOverAllSigns(withZeros)).isGreaterThanOrEqualTo(level);
  }

  @Test
  void pValueIsTheShareOfSignsThatRankAtLeastAsHigh() {
    double[][] series = {
      DEPRESSION,
      {0.3, -0.1, 0.2, 0.5, 0.9, -0.7, 1.1},
      {1, 1, -1, 2, 2, -3, 3, 3}, // ties
      {0, 0, 1, -2, 3, 4, -5, 6}, // zeros
      {0, 0, 0}
    };

    for (double[] differences : series) {
      assertThat(SignedRank.pValueGreater(differences))
          .as(Arrays.toString(differences))
          .isCloseTo(enumeratedPValue(differences), within(1e-12));
    }
  }

  @Test
  void equalSeriesAreNoEvidenceOfADifference() {
    assertThat(SignedRank.pValue(new double[8])).isEqualTo(1);
    assertThat(SignedRank.interval(new double[8], 0.95))
        .isEqualTo(new Interval(0, 0, 0, 1 - 2 * 5.0 / 256));
  }

  @Test
  void aThousandPairsAreStillExactAndQuick() {
    Interval interval = (Interval) SignedRank.interval(oneTo(1000), 0.95);

    assertThat(interval.level()).isBetween(0.95, 0.9501);
  }

  private static double[] oneTo(int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> i + 1);
    return values;
  }

  private static double[] randomMagnitudes(int count) {
    return new Random(count).doubles(count, 0.1, 2).toArray();
  }

  /// How often the 90 % interval of `magnitudes` encloses zero when every choice of signs is tried.
  private static double coverageOverAllSigns(double[] magnitudes) {
    int patterns = 1 << magnitudes.length;
    int enclosed = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      Interval interval = (Interval) SignedRank.interval(signed(magnitudes, pattern), 0.9);
      enclosed += interval.contains(0) ? 1 : 0;
    }
    return (double) enclosed / patterns;
  }

  private static double enumeratedPValue(double[] differences) {
    double[] magnitudes = DoubleStream.of(differences).map(Math::abs).toArray();
    double observed = positiveRankSum(differences);
    int patterns = 1 << differences.length;
    int asHigh = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      asHigh += positiveRankSum(signed(magnitudes, pattern)) >= observed - 1e-9 ? 1 : 0;
    }
    return (double) asHigh / patterns;
  }

  private static double[] signed(double[] magnitudes, int pattern) {
    double[] signed = new double[magnitudes.length];
    Arrays.setAll(signed, i -> (pattern >> i & 1) == 1 ? magnitudes[i] : -magnitudes[i]);
    return signed;
  }

  /// Each rank counted by comparing with all others, the slow way.
  private static double positiveRankSum(double[] differences) {
    double sum = 0;
    for (double own : differences) {
      if (own > 0) {
        sum += 0.5;
        for (double other : differences) {
          double comparison = Math.signum(own - Math.abs(other));
          sum += (comparison + 1) / 2;
        }
      }
    }
    return sum;
  }
}
