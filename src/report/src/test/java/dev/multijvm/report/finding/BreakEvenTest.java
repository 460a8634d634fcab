package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.multijvm.statistics.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
  @Test
  void halfWayBetweenTwiceAndHalfAsLongIsTheGeometricMean() {
    BreakEven breakEven = BreakEven.of(List.of(at(1, 2), at(100, 0.5)));

    assertThat(breakEven.size().orElseThrow()).isCloseTo(10, within(1e-9));
  }

  @Test
  void limitsAreWhereTheLimitsOfTheRatiosCross() {
    BreakEven breakEven =
        BreakEven.of(List.of(at(1, 1, 2, 4), at(100, 0.25, 0.5, 1), at(10_000, 0.1, 0.25, 0.5)));

    assertThat(breakEven.low()).as("the lower limit never lies above 1").isEmpty();
    assertThat(breakEven.high().orElseThrow()).isCloseTo(100, within(1e-9));
  }

  @Test
  void theLastTimeCountsWhereARatioRisesAgain() {
    BreakEven breakEven = BreakEven.of(List.of(at(1, 2), at(10, 0.5), at(100, 2), at(10_000, 0.5)));

    assertThat(breakEven.size().orElseThrow()).isCloseTo(1000, within(1e-6));
  }

  @Test
  void aRatioAboveOneAtTheLargestTaskHasNone() {
    BreakEven breakEven = BreakEven.of(List.of(at(1, 0.5), at(10, 1.9, 2, 2.1)));

    assertThat(breakEven.size()).isEmpty();
    assertThat(breakEven.isNever()).isTrue();
    assertThat(breakEven.isAlways()).isFalse();
  }

  @Test
  void aRatioBelowOneEverywhereIsAlways() {
    BreakEven breakEven = BreakEven.of(List.of(at(1, 0.4, 0.5, 0.6), at(10, 0.4, 0.5, 0.6)));

    assertThat(breakEven.size()).isEmpty();
    assertThat(breakEven.isAlways()).isTrue();
  }

  private static BreakEven.Sized at(double size, double ratio) {
    return at(size, ratio, ratio, ratio);
  }

  private static BreakEven.Sized at(double size, double low, double ratio, double high) {
    return new BreakEven.Sized(size, new Interval(low, ratio, high, 0.97));
  }
}
