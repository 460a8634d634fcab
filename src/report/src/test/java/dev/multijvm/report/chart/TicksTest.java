package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void logarithmicTicksAreOneTwoFive() {
    assertThat(Ticks.logarithmic(0.8, 300, 10))
        .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0);
  }

  @Test
  void wherePowersOfTenAreManyOnlySomeStay() {
    assertThat(Ticks.logarithmic(1e-3, 1e6, 5)).containsExactly(1e-3, 0.1, 10.0, 1e3, 1e5);
  }

  @Test
  void aRangeWithoutThreeOfThemHasRoundSteps() {
    assertThat(Ticks.logarithmic(0.95, 1.06, 6)).containsExactly(0.96, 0.98, 1.0, 1.02, 1.04, 1.06);
  }

  @Test
  void linearTicksAreRoundAndIncludeZero() {
    assertThat(Ticks.linear(-6, 372, 8))
        .containsExactly(0.0, 50.0, 100.0, 150.0, 200.0, 250.0, 300.0, 350.0);
    assertThat(Ticks.text(0.02)).isEqualTo("0.02");
    assertThat(Ticks.text(2000)).isEqualTo("2,000");
  }

  @Test
  void labelsArePushedApartWithinTheirLimits() {
    double[] places = EndLabels.apart(new double[] {100, 101, 199}, 0, 200);

    assertThat(places).isSorted();
    assertThat(places[1] - places[0]).isGreaterThanOrEqualTo(18);
    assertThat(places[2]).isLessThanOrEqualTo(200);
  }
}
