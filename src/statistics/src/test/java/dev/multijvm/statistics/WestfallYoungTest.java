package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WestfallYoungTest {
  private final Random random = new Random(3);

  @Test
  void oneTestIsTheShareOfSplitsWithSumsAtLeastAsHigh() {
    double[] first = {1, 5, 7, 9};
    double[] second = {2, 3, 4, 6};

    double[] adjusted = WestfallYoung.greater(new double[][] {first}, new double[][] {second});

    // 8 of the 70 fours out of these eight numbers sum to 22 or more.
    assertThat(adjusted).containsExactly(new double[] {share(22, first, second)}, within(0.01));
  }

  @Test
  void copiesOfATestCostItNothing() {
    double[][] first = {noise(6, 1)};
    double[][] second = {noise(6, 0)};
    double[][] manyFirst = new double[100][];
    double[][] manySecond = new double[100][];
    Arrays.fill(manyFirst, first[0]);
    Arrays.fill(manySecond, second[0]);

    double alone = WestfallYoung.greater(first, second)[0];

    assertThat(WestfallYoung.greater(manyFirst, manySecond)).containsOnly(alone);
  }

  @Test
  void oneDifferenceAmongAHundredAndTwentyFourIsFoundInSixRoundsEach() {
    double[][] first = tests(124, 6);
    double[][] second = tests(124, 6);
    first[17] = noise(6, 20);

    double[] adjusted = WestfallYoung.greater(first, second);

    assertThat(adjusted[17]).isLessThan(0.005);
    assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(1);
  }

  /// Each round has a disturbance that all tests share, and every other test jumps between two
  /// levels.
  @Test
  void anyFalseRejectionIsAsRareAsAsked() {
    int trials = 400;
    int wrong = 0;
    for (int i = 0; i < trials; i++) {
      double[] adjusted = WestfallYoung.greater(tests(40, 6), tests(40, 5));
      wrong += Arrays.stream(adjusted).anyMatch(p -> p <= 0.05) ? 1 : 0;
    }

    assertThat(new Rate(wrong, trials).interval(0.95).low()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void gapsAndValuesThatAllAgreeAreNoEvidence() {
    double[][] first = {{Double.NaN, 1, Double.NaN, 2}, {7, 7, 7, 7}};
    double[][] second = {{1, 2, 1, 2}, {7, 7, 7, 7}};

    assertThat(Arrays.stream(WestfallYoung.greater(first, second)).min().orElseThrow())
        .isGreaterThan(0.4);
    assertThat(WestfallYoung.greater(new double[0][], new double[0][])).isEmpty();
  }

  @Test
  void groupsOfDifferentTestsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WestfallYoung.greater(new double[1][6], new double[2][6]))
        .withMessage("not the same tests: 1 and 2");
  }

  private static double share(double sum, double[] first, double[] second) {
    double[] pooled = Limits.concatenate(first, second);
    int splits = 0;
    int reached = 0;
    for (int split = 0; split < 1 << pooled.length; split++) {
      if (Integer.bitCount(split) == first.length) {
        double own = 0;
        for (int i = 0; i < pooled.length; i++) {
          own += (split >> i & 1) * pooled[i];
        }
        splits++;
        reached += own >= sum ? 1 : 0;
      }
    }
    return (double) reached / splits;
  }

  private double[][] tests(int tests, int rounds) {
    double[] shared = noise(rounds, 0);
    double[][] values = new double[tests][];
    for (int test = 0; test < tests; test++) {
      values[test] = noise(rounds, 0);
      boolean jumps = test % 2 == 0;
      for (int round = 0; round < rounds; round++) {
        values[test][round] += shared[round] + (jumps && random.nextBoolean() ? 5 : 0);
      }
    }
    return values;
  }

  private double[] noise(int rounds, double mean) {
    return random.doubles(rounds).map(_ -> mean + random.nextGaussian()).toArray();
  }
}
