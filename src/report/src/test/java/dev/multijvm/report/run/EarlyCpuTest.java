package dev.multijvm.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EarlyCpuTest {
  /// Of two iterations of equal length the first has half as many operations as the second.
  private static final JsonNode JMH =
      JsonMapper.builder()
          .build()
          .readTree(
              """
              { "mode": "avgt", "primaryMetric": { "rawData": [[2, 1]] },
                "secondaryMetrics": { "tree.cpu": { "rawData": [[0.0006, 0.0003]] } } }
              """);

  @Test
  void whatWasRoundedAwayIsTakenFromJmhsOwnResult() {
    assertThat(EarlyCpu.millis(0, JMH)).isCloseTo(0.0004, within(1e-12));
    assertThat(EarlyCpu.millis(0.001, JMH)).isCloseTo(0.0004, within(1e-12));
  }

  @Test
  void whatIsFineEnoughStaysAsItIsWritten() {
    assertThat(EarlyCpu.millis(0.00041, JMH)).isEqualTo(0.00041);
    assertThat(EarlyCpu.millis(20, JMH)).isEqualTo(20);
    assertThat(EarlyCpu.millis(0.001, null)).isEqualTo(0.001);
    assertThat(EarlyCpu.millis(0, JsonMapper.builder().build().readTree("{\"mode\": \"avgt\"}")))
        .isZero();
  }
}
