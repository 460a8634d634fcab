package dev.multijvm.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.report.finding.Measurements;
import dev.multijvm.report.run.Role;
import org.junit.jupiter.api.Test;

/// What is said where no size is the one from which on a mode pays. One thread takes 100 ms.
class BreakEvenFigureTest {
  private final Measurements measurements = new Measurements();

  @Test
  void aModeThatIsSlowerAtEverySizeIsAsFastAtNone() {
    processes(2, 120);
    processes(16, 130);
    processes(256, 140);

    assertThat(said()).isEqualTo("Processes are as fast as one thread at no size measured.");
  }

  @Test
  void aModeThatIsSlowerAtTheLargestTasksAloneIsSaidToBeSlowerThere() {
    processes(2, 120);
    processes(16, 63);
    processes(256, 64);

    assertThat(said())
        .isEqualTo("At the largest tasks, processes take 1.20 [1.20, 1.20] of one thread's time.");
  }

  @Test
  void aModeThatIsDoubtfulAtTheSmallestTasksAloneIsNotTooCloseToCall() {
    processes(2, 50);
    processes(16, 60);
    processes(256, 40, 60, 70, 80, 95, 140);

    assertThat(said())
        .isEqualTo("At the largest tasks, processes take 0.50 [0.50, 0.50] of one thread's time.");
  }

  @Test
  void aModeThatIsDoubtfulAtTheLargestTasksIsTooCloseToCall() {
    processes(2, 40, 60, 70, 80, 95, 140);
    processes(16, 60);
    processes(256, 60);

    assertThat(said())
        .isEqualTo("At the largest tasks, processes and one thread are too close to call.");
  }

  @Test
  void oneRoundIsSaidToBeOne() {
    processes(2, 120, Double.NaN);
    processes(16, 130, Double.NaN);
    processes(256, 140, Double.NaN);

    assertThat(said())
        .isEqualTo("At the largest tasks, processes take 1.20 (1 round) of one thread's time.");
  }

  private void processes(int chunks, double... millis) {
    String title = "Sum in " + chunks + " chunks";
    measurements.measure(
        Role.WORKLOAD, "range-sum/warm:mode=single-thread,chunks=" + chunks, title, 100);
    measurements.measure(
        Role.WORKLOAD, "range-sum/warm:mode=process-pool,chunks=" + chunks, title, millis);
  }

  private String said() {
    return Figures.of(measurements.findings()).stream()
        .filter(figure -> figure.name().equals("break-even-range-sum"))
        .map(figure -> figure.chart().alternative())
        .findFirst()
        .orElseThrow();
  }
}
