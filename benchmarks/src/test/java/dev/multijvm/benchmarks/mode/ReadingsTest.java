package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  @BeforeEach
  void forgetWhatWasTold() {
    Readings.takeInner();
    Readings.take();
  }

  @Test
  void whatIsToldOftenIsTheMeanOrTheGreatestAndTakenOnce() {
    Readings.tell("lost", 3);
    Readings.tell("lost", 5);
    Readings.tellMost("max", 7);
    Readings.tellMost("max", 6);
    Readings.tellInner(70);

    assertThat(Readings.take().numbers()).isEqualTo(Map.of("lost", 4.0, "max", 7.0));
    assertThat(Readings.takeInner()).containsExactly(70L);
    assertThat(Readings.take().numbers()).isEmpty();
    assertThat(Readings.takeInner()).isEmpty();
  }

  @Test
  void aPercentileNeedsTenSamplesBeyondIt() {
    assertThat(Readings.percentiles(upTo(19))).isEmpty();
    assertThat(Readings.percentiles(upTo(20))).containsOnlyKeys("p50");
    assertThat(Readings.percentiles(upTo(999))).containsOnlyKeys("p50", "p90");
    assertThat(Readings.percentiles(upTo(9999))).containsOnlyKeys("p50", "p90", "p99");
  }

  @Test
  void aPercentileIsTheSmallestSampleThatSoManyDoNotExceed() {
    assertThat(Readings.percentiles(upTo(10_000)))
        .containsEntry("p50", 5000.0)
        .containsEntry("p90", 9000.0)
        .containsEntry("p99", 9900.0)
        .containsEntry("p99.9", 9990.0);
  }

  private static double[] upTo(int last) {
    return IntStream.rangeClosed(1, last).mapToDouble(i -> last + 1 - i).toArray();
  }
}
