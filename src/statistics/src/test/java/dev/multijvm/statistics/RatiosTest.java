package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Paired ratios, rates and scaling, against values worked out by hand or published.
class RatiosTest {
  @Test
  void ratioOfPairsThatAllHalveIsOneHalf() {
    double[] processes = {50, 51, 52, 49, 48, 53};
    double[] thread = {100, 102, 104, 98, 96, 106};

    PairedRatio ratio = PairedRatio.of(processes, thread);

    assertThat(ratio.pairs()).isEqualTo(6);
    Interval interval = (Interval) ratio.ratio();
    assertThat(interval.low()).isCloseTo(0.5, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.5, within(1e-12));
    assertThat(interval.level()).isEqualTo(0.96875);
  }

  @Test
  void driftThatBothSidesShareDoesNotWidenTheInterval() {
    double[] head = new double[8];
    double[] base = new double[8];
    for (int round = 0; round < 8; round++) {
      double drift = 1 + 0.5 * round;
      base[round] = 10 * drift;
      head[round] = 11 * drift;
    }

    Interval interval = (Interval) PairedRatio.of(head, base).ratio();

    assertThat(interval.high() - interval.low()).isLessThan(1e-12);
    assertThat(interval.estimate()).isCloseTo(1.1, within(1e-12));
  }

  @Test
  void reciprocalTurnsARatioOfTimesIntoASpeedUp() {
    assertThat(new Interval(0.25, 0.5, 0.8, 0.95).reciprocal())
        .isEqualTo(new Interval(1.25, 2, 4, 0.95));
    assertThat(new Point(0.5, 3, 6).reciprocal()).isEqualTo(new Point(2, 3, 6));
  }

  @Test
  void whatIsNoPairOfTimesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedRatio.of(new double[] {1, 2}, new double[] {1}))
        .withMessage("not pairs: 2 numerators, 1 denominators");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PairedRatio.of(new double[] {0}, new double[] {1}))
        .withMessage("values must be positive: 0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1, 3, 0.95));
  }

  @Test
  void ratesHaveClopperPearsonIntervals() {
    Interval never = new Rate(0, 10).interval(0.95);
    Interval half = new Rate(5, 10).interval(0.95);
    Interval always = new Rate(10, 10).interval(0.95);
    Interval tenth = new Rate(10, 100).interval(0.95);

    assertThat(never.low()).isZero();
    assertThat(never.high()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
    assertThat(half.low()).isCloseTo(0.1871, within(5e-5));
    assertThat(half.high()).isCloseTo(0.8129, within(5e-5));
    assertThat(always.low()).isCloseTo(Math.pow(0.025, 0.1), within(1e-9));
    assertThat(always.high()).isEqualTo(1);
    assertThat(tenth.low()).isCloseTo(0.0490, within(5e-5));
    assertThat(tenth.high()).isCloseTo(0.1762, within(5e-5));
  }

  @Test
  void scalingByHand() {
    Scaling scaling = Scaling.ofTimes(100, 40, 4);

    assertThat(scaling.speedUp()).isEqualTo(2.5);
    assertThat(scaling.efficiency()).isEqualTo(0.625);
    // Amdahl with a serial share of 0.2 on 4 workers: 1 / (0.2 + 0.8 / 4) = 2.5
    assertThat(scaling.serialFraction().orElseThrow()).isCloseTo(0.2, within(1e-12));
    assertThat(new Scaling(1, 1).serialFraction()).isEmpty();
  }
}
