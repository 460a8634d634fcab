package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void timesThatFallByFivePerCentAreNotSteady() {
    WarmUp warmUp = WarmUp.of(100, 97.5, 95);

    assertThat(warmUp).isInstanceOf(WarmUp.StillFalling.class);
    assertThat(((WarmUp.StillFalling) warmUp).fall()).isCloseTo(0.05, within(0.001));
  }

  @Test
  void timesThatWaverOrRiseAreSteady() {
    assertThat(WarmUp.of(100, 101, 100.5)).isInstanceOf(WarmUp.Steady.class);
    assertThat(WarmUp.of(100, 105, 110)).isInstanceOf(WarmUp.Steady.class);
  }

  @Test
  void oneSlowIterationIsNoTrend() {
    assertThat(WarmUp.of(120, 100, 100.2, 99.9, 100.1)).isInstanceOf(WarmUp.Steady.class);
  }

  @Test
  void onlyTheLastIterationsCount() {
    assertThat(WarmUp.of(500, 300, 100, 100, 100, 100, 100)).isInstanceOf(WarmUp.Steady.class);
  }

  @Test
  void twoIterationsTellNothing() {
    assertThat(WarmUp.of(200, 100)).isEqualTo(new WarmUp.TooFew(2));
  }
}
