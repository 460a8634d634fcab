package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MannWhitneyTest {
  /// Permeability constants of a membrane at term and earlier, Hollander and Wolfe (1973), p. 69.
  private static final double[] AT_TERM = {
    0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46
  };

  private static final double[] EARLIER = {1.15, 0.88, 0.90, 0.74, 1.21};

  @Test
  void textbookExampleAgreesWithTheBook() {
    assertThat(MannWhitney.pValue(AT_TERM, EARLIER)).isCloseTo(0.2544, within(5e-5));
    assertThat(MannWhitney.shift(AT_TERM, EARLIER, 0.95).estimate())
        .isCloseTo(0.305, within(1e-12));
  }

  /// Worked out by listing all 3003 splits of 15 ranks into 5 and 10: 60 of them rank 8 or lower.
  @Test
  void intervalOfTheTextbookExampleAgreesWithAnEnumeration() {
    Interval interval = (Interval) MannWhitney.shift(AT_TERM, EARLIER, 0.95);

    assertThat(interval.low()).isCloseTo(-0.15, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.76, within(1e-12));
    assertThat(interval.level()).isCloseTo(1 - 2 * 60.0 / 3003, within(1e-12));
  }

  /// Two-sided critical values of U for 0.05, from published tables (Siegel 1956, table K).
  @ParameterizedTest
  @CsvSource({
    "5, 5, 2",
    "6, 6, 5",
    "8, 8, 13",
    "5, 10, 8",
    "10, 10, 23",
    "7, 12, 18",
    "12, 12, 37",
    "15, 15, 64",
    "20, 20, 127"
  })
  void limitsAreCutWherePublishedTablesSay(int first, int second, int criticalU) {
    // All differences differ, so a limit tells its place among them.
    double[] high = IntStream.range(0, first).mapToDouble(i -> 1000 * i).toArray();
    double[] low = IntStream.range(0, second).mapToDouble(i -> i).toArray();

    Interval interval = (Interval) MannWhitney.shift(high, low, 0.95);

    long below =
        Arrays.stream(high)
            .flatMap(x -> Arrays.stream(low).map(y -> x - y))
            .filter(difference -> difference < interval.low())
            .count();
    assertThat(below).isEqualTo(criticalU);
  }

  @Test
  void pValueIsTheShareOfSplitsThatAreAtLeastAsUneven() {
    double[] first = {1.0, 2.5, 2.5, 4.0};
    double[] second = {2.0, 2.5, 5.0, 6.0, 7.0};

    assertThat(MannWhitney.pValue(first, second))
        .isCloseTo(enumeratedPValue(first, second), within(1e-12));
  }

  @Test
  void intervalEnclosesTheTruthExactlyAsOftenAsItSaysOverAllSplits() {
    double[] pooled = new Random(5).doubles(11).toArray();
    double level =
        ((Interval) MannWhitney.shift(part(pooled, 0b11111), rest(pooled, 0b11111), 0.9)).level();

    int splits = 0;
    int enclosed = 0;
    for (int split = 0; split < 1 << pooled.length; split++) {
      if (Integer.bitCount(split) == 5) {
        splits++;
        Interval interval =
            (Interval) MannWhitney.shift(part(pooled, split), rest(pooled, split), 0.9);
        enclosed += interval.contains(0) ? 1 : 0;
      }
    }

    assertThat((double) enclosed / splits).isCloseTo(level, within(1e-12));
  }

  @Test
  void groupsOfThreeAndFourGiveAPoint() {
    Estimate estimate = MannWhitney.shift(new double[] {2, 3, 4}, new double[] {1, 1, 1, 1}, 0.95);

    assertThat(estimate).isEqualTo(new Point(2, 7, 8));
  }

  private static double enumeratedPValue(double[] first, double[] second) {
    double[] pooled = Limits.concatenate(first, second);
    int own = (1 << first.length) - 1;
    double observed = wins(first, second);
    int splits = 0;
    int below = 0;
    int above = 0;
    for (int split = 0; split < 1 << pooled.length; split++) {
      if (Integer.bitCount(split) == Integer.bitCount(own)) {
        double wins = wins(part(pooled, split), rest(pooled, split));
        splits++;
        below += wins <= observed ? 1 : 0;
        above += wins >= observed ? 1 : 0;
      }
    }
    return Math.min(1, 2.0 * Math.min(below, above) / splits);
  }

  private static double wins(double[] first, double[] second) {
    return Arrays.stream(first)
        .flatMap(x -> Arrays.stream(second).map(y -> (Math.signum(x - y) + 1) / 2))
        .sum();
  }

  private static double[] part(double[] pooled, int split) {
    return IntStream.range(0, pooled.length)
        .filter(i -> (split >> i & 1) == 1)
        .mapToDouble(i -> pooled[i])
        .toArray();
  }

  private static double[] rest(double[] pooled, int split) {
    return part(pooled, ~split);
  }
}
