package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void timesThatFallByFivePerCentAreNotSteady() {
    WarmUp warmUp = WarmUp.of(100, 98, 97, 95);

    assertThat(warmUp).isInstanceOf(WarmUp.StillFalling.class);
    assertThat(((WarmUp.StillFalling) warmUp).fall()).isCloseTo(0.05, within(0.005));
  }

  @Test
  void timesThatFallButForOnePairAreNotSteadyIfThereAreFive() {
    assertThat(WarmUp.of(110, 106, 102, 103, 98)).isInstanceOf(WarmUp.StillFalling.class);
    assertThat(WarmUp.of(110, 102, 106, 98, 99)).isInstanceOf(WarmUp.Steady.class);
    assertThat(WarmUp.of(110, 106, 102, 103)).isInstanceOf(WarmUp.Steady.class);
  }

  @Test
  void noiseIsTakenForAFallInOneOrderOf24() {
    for (int count : new int[] {4, 5}) {
      double[] noise = new double[count];
      Arrays.setAll(noise, i -> 100 + 10 * i);
      List<double[]> orders = orders(noise);

      long marked =
          orders.stream().filter(it -> WarmUp.of(it) instanceof WarmUp.StillFalling).count();

      assertThat((double) marked / orders.size()).isEqualTo(1 / 24.0);
    }
  }

  @Test
  void timesThatWaverOrRiseAreSteady() {
    assertThat(WarmUp.of(100, 101, 100.5, 100)).isInstanceOf(WarmUp.Steady.class);
    assertThat(WarmUp.of(100, 105, 110, 115)).isInstanceOf(WarmUp.Steady.class);
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
  void threeIterationsTellNothing() {
    assertThat(WarmUp.of(200, 100, 50)).isEqualTo(new WarmUp.TooFew(3));
  }

  private static List<double[]> orders(double[] values) {
    if (values.length == 0) {
      return List.of(values);
    }
    List<double[]> orders = new ArrayList<>();
    for (int first = 0; first < values.length; first++) {
      int chosen = first;
      double[] rest =
          IntStream.range(0, values.length)
              .filter(i -> i != chosen)
              .mapToDouble(i -> values[i])
              .toArray();
      orders(rest).forEach(it -> orders.add(Limits.concatenate(new double[] {values[chosen]}, it)));
    }
    return orders;
  }
}
