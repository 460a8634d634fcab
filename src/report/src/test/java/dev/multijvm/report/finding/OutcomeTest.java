package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Estimate HALF = ratio(0.4, 0.5, 0.6);
  private static final Estimate TWICE = ratio(1.5, 2, 2.5);
  private static final Estimate EITHER = ratio(0.5, 1, 2);

  @Test
  void processesDoNotWinWhereOneThreadBeatsThem() {
    assertThat(Outcome.of(HALF, Optional.of(TWICE), Optional.of(EITHER)))
        .isEqualTo(Outcome.ONE_THREAD);
  }

  @Test
  void threadsDoNotWinWhereOneThreadBeatsThem() {
    assertThat(Outcome.of(TWICE, Optional.of(EITHER), Optional.of(TWICE)))
        .isEqualTo(Outcome.ONE_THREAD);
  }

  @Test
  void theFasterPoolWinsThoughOneThreadBeatsTheSlowerOne() {
    assertThat(Outcome.of(HALF, Optional.of(EITHER), Optional.of(TWICE)))
        .isEqualTo(Outcome.PROCESSES);
    assertThat(Outcome.of(TWICE, Optional.of(TWICE), Optional.of(EITHER)))
        .isEqualTo(Outcome.THREADS);
  }

  private static Estimate ratio(double low, double middle, double high) {
    return new Interval(low, middle, high, 0.97);
  }
}
