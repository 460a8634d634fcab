package dev.multijvm.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.report.finding.Measurements;
import dev.multijvm.report.run.Role;
import org.junit.jupiter.api.Test;

class SpeedUpFigureTest {
  private final Measurements measurements = new Measurements();

  @Test
  void theIdealIsThatOfTheWorkersTheSentenceSpeaksOf() {
    for (int factor : new int[] {1, 2, 8}) {
      wait("single-thread", factor, 800);
      wait("thread-pool", factor, 100);
    }

    assertThat(idealOf("Thread pool")).isEqualTo("16");
  }

  @Test
  void virtualThreadsThatWaitAreLimitedByNoWorkers() {
    measure("sleep/many:mode=single-thread", 1000);
    measure("sleep/many:mode=thread-pool", 500);
    measure("sleep/many:mode=virtual-threads", 10);
    waits("sleep/many:mode=single-thread");

    assertThat(idealOf("Thread pool")).isEqualTo("2");
    assertThat(idealOf("Virtual threads")).as("nobody says how many tasks there are").isEmpty();
  }

  @Test
  void virtualThreadsThatWaitAreAsManyAsThereAreTasks() {
    measure("sleep/warm:mode=single-thread,tasks=50", 1000);
    measure("sleep/warm:mode=virtual-threads,tasks=50", 20);
    waits("sleep/warm:mode=single-thread,tasks=50");

    assertThat(idealOf("Virtual threads")).isEqualTo("50");
  }

  @Test
  void virtualThreadsThatComputeAreLimitedByTheCpus() {
    measure("counting/warm:mode=single-thread,tasks=50", 1000);
    measure("counting/warm:mode=virtual-threads,tasks=50", 500);

    assertThat(idealOf("Virtual threads")).isEqualTo("2");
  }

  private void wait(String mode, int factor, double millis) {
    String id = "oversubscription/mixed:mode=" + mode + ",factor=" + factor;
    measurements.measure(Role.WORKLOAD, 2 * factor, id, "Waiting", millis);
    waits(id);
  }

  private void measure(String id, double millis) {
    measurements.measure(Role.WORKLOAD, id, "Work", millis);
  }

  private void waits(String id) {
    measurements.cpuMillis(id, 10, 10, 10, 10, 10, 10);
  }

  private String idealOf(String mode) {
    var table =
        Figures.of(measurements.findings()).stream()
            .filter(figure -> figure.name().equals("speed-up"))
            .findFirst()
            .orElseThrow()
            .table();
    int column = table.columns().indexOf("Ideal");
    return table.rows().stream()
        .filter(row -> row.get(1).equals(mode))
        .map(row -> row.get(column))
        .findFirst()
        .orElseThrow();
  }
}
