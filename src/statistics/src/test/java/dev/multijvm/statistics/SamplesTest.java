package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void medianIsTheMiddleOrHalfWayBetweenTheTwo() {
    assertThat(Samples.median(3, 1, 2)).isEqualTo(2);
    assertThat(Samples.median(4, 1, 3, 2)).isEqualTo(2.5);
  }

  @Test
  void quantilesInterpolateAsRDoes() {
    Samples samples = Samples.of(1, 2, 4, 8, 16);

    // quantile(c(1, 2, 4, 8, 16), c(0, 0.1, 0.25, 0.9, 1)) in R
    assertThat(samples.quantile(0)).isEqualTo(1);
    assertThat(samples.quantile(0.1)).isCloseTo(1.4, EXACT);
    assertThat(samples.quantile(0.25)).isEqualTo(2);
    assertThat(samples.quantile(0.9)).isCloseTo(12.8, EXACT);
    assertThat(samples.quantile(1)).isEqualTo(16);
  }

  @Test
  void callersArrayIsNeitherSortedNorKept() {
    double[] values = {3, 1, 2};

    Samples samples = Samples.of(values);
    values[0] = 100;

    assertThat(values).containsExactly(100, 1, 2);
    assertThat(samples.max()).isEqualTo(3);
  }

  @Test
  void nothingAndNotANumberAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(Samples::of).withMessage("no values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.of(1, Double.NaN))
        .withMessage("values must be finite: NaN");
  }
}
