package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
  @Test
  void halfWayBetweenTwiceAndHalfAsLongIsTheGeometricMean() {
    BreakEven breakEven = BreakEven.falling(List.of(at(1, 2), at(100, 0.5)));

    assertThat(breakEven.size().orElseThrow()).isCloseTo(10, within(1e-9));
  }

  @Test
  void limitsAreWhereTheLimitsOfTheRatiosCross() {
    BreakEven breakEven =
        BreakEven.falling(
            List.of(at(1, 1, 2, 4), at(100, 0.25, 0.5, 1), at(10_000, 0.1, 0.25, 0.5)));

    assertThat(breakEven.low()).as("the lower limit never lies above 1").isEmpty();
    assertThat(breakEven.high().orElseThrow()).isCloseTo(100, within(1e-9));
  }

  @Test
  void theLastTimeCountsWhereARatioRisesAgain() {
    BreakEven breakEven =
        BreakEven.falling(List.of(at(1, 2), at(10, 0.5), at(100, 2), at(10_000, 0.5)));

    assertThat(breakEven.size().orElseThrow()).isCloseTo(1000, within(1e-6));
  }

  @Test
  void aRatioAboveOneAtTheLargestTaskHasNone() {
    BreakEven breakEven = BreakEven.falling(List.of(at(1, 1.5), at(10, 1.9, 2, 2.1)));

    assertThat(breakEven.size()).isEmpty();
    assertThat(breakEven.isNever()).isTrue();
    assertThat(breakEven.isAlways()).isFalse();
  }

  @Test
  void aRatioBelowOneAtSomeSizeIsNotNever() {
    BreakEven breakEven = BreakEven.falling(List.of(at(1, 0.59, 0.63, 0.66), at(10, 1.9, 2, 2.1)));

    assertThat(breakEven.size()).isEmpty();
    assertThat(breakEven.isNever()).isFalse();
  }

  @Test
  void oneRoundIsNeitherAlwaysNorNever() {
    assertThat(BreakEven.falling(List.of(point(1, 2), point(10, 2))).isNever()).isFalse();
    assertThat(BreakEven.falling(List.of(point(1, 0.5), point(10, 0.5))).isAlways()).isFalse();
  }

  @Test
  void aRatioBelowOneEverywhereIsAlways() {
    BreakEven breakEven = BreakEven.falling(List.of(at(1, 0.4, 0.5, 0.6), at(10, 0.4, 0.5, 0.6)));

    assertThat(breakEven.size()).isEmpty();
    assertThat(breakEven.isAlways()).isTrue();
  }

  @Test
  void whatRisesWithThePayloadPaysUpToWhereItPassesOne() {
    BreakEven breakEven =
        BreakEven.rising(List.of(at(1 << 10, 0.25, 0.5, 1), at(1 << 14, 1, 2, 4), at(1 << 18, 9)));

    assertThat(breakEven.size().orElseThrow()).isCloseTo(1 << 12, within(1e-6));
    assertThat(breakEven.low().orElseThrow()).isCloseTo(1 << 10, within(1e-6));
    assertThat(breakEven.bytes()).isEqualTo("4.00 KiB [1.00, 16.0]");
  }

  @Test
  void betweenRatiosWithoutIntervalsThereAreNoLimits() {
    BreakEven breakEven =
        BreakEven.falling(List.of(point(1, 2), point(100, 0.5), at(10_000, 0.25, 0.5, 1.5)));

    assertThat(breakEven.millis()).isEqualTo("10.0 ms");
  }

  private static BreakEven.Sized point(double size, double ratio) {
    return new BreakEven.Sized(size, new Point(ratio, 2, 6));
  }

  private static BreakEven.Sized at(double size, double ratio) {
    return at(size, ratio, ratio, ratio);
  }

  private static BreakEven.Sized at(double size, double low, double ratio, double high) {
    return new BreakEven.Sized(size, new Interval(low, ratio, high, 0.97));
  }
}
