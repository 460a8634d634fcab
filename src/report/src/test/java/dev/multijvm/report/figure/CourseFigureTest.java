package dev.multijvm.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.report.finding.Measurements;
import dev.multijvm.report.run.Role;
import org.junit.jupiter.api.Test;

class CourseFigureTest {
  private final Measurements measurements = new Measurements();

  /// 90 and 110 are 1.111 and 1.1 times away from 100.
  @Test
  void aVariantWithOneSlotSaysNothingOfHowFarSlotsAreFromTheirMedian() {
    measure("counting/warm:mode=thread-pool", 90, 110);
    measure("counting/warm:mode=process-pool", 70, Double.NaN);
    measure("counting/cold:mode=process-pool", 80, Double.NaN);

    assertThat(said())
        .startsWith(
            "4 slots, 0 rejected; of variants with two valid slots or more, half are within 10.6 %");
  }

  @Test
  void aSingleRoundSaysHowManySlotsThereAreAndNoMore() {
    measure("counting/warm:mode=process-pool", 70, Double.NaN);

    assertThat(said()).isEqualTo("1 slot, 0 rejected.");
  }

  private void measure(String id, double... millis) {
    measurements.measure(Role.WORKLOAD, id, "Counting", millis);
  }

  private String said() {
    return Figures.of(measurements.findings()).stream()
        .filter(figure -> figure.name().equals("course"))
        .map(figure -> figure.chart().alternative())
        .findFirst()
        .orElseThrow();
  }
}
