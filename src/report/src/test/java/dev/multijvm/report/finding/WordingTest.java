package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import org.junit.jupiter.api.Test;

class WordingTest {
  @Test
  void numbersHaveThreeSignificantDigits() {
    assertThat(Wording.number(0.5126)).isEqualTo("0.513");
    assertThat(Wording.number(9.996)).isEqualTo("10.0");
    assertThat(Wording.number(182.6)).isEqualTo("183");
    assertThat(Wording.number(18_260)).isEqualTo("18,260");
    assertThat(Wording.number(-3.6)).isEqualTo("−3.60");
    assertThat(Wording.fixed(-0.001, 2)).isEqualTo("0.00");
  }

  @Test
  void intervalsHaveTheDigitsOfTheirEstimateAndPointsTheirRounds() {
    assertThat(Wording.ratio(new Interval(0.5, 0.512, 0.5299, 0.96875)))
        .isEqualTo("0.51 [0.50, 0.53]");
    assertThat(Wording.ratio(new Point(1.004, 4, 6))).isEqualTo("1.00 (4 rounds)");
    assertThat(Wording.estimate(new Interval(-3.6, 6, 14, 0.96875))).isEqualTo("6.0 [−3.6, 14.0]");
  }

  @Test
  void powersAndProductsAreWrittenAsByHand() {
    assertThat(Wording.pretty("Sum of 1 to 2 x 10^8 in 16 chunks"))
        .isEqualTo("Sum of 1 to 2×10⁸ in 16 chunks");
    assertThat(Wording.pretty("Squaring 10000 numbers in chunks of 1000"))
        .isEqualTo("Squaring 10,000 numbers in chunks of 1000");
  }

  @Test
  void aTimeIsInTheUnitThatSuitsIt() {
    assertThat(Wording.millis(5003)).isEqualTo("5.00 s");
    assertThat(Wording.millis(0.0116)).isEqualTo("11.6 µs");
    assertThat(Scale.of(0.00035, 0.0142, 0.0116)).isEqualTo(Scale.MICROSECONDS);
  }
}
