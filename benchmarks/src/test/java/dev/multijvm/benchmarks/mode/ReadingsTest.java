package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadingsTest {

  @BeforeEach
  void forgetWhatWasTold() {
    Readings.take();
  }

  @Test
  void whatIsToldOftenIsTheMeanAndTakenOnce() {
    Readings.tell("lost", 3);
    Readings.tell("lost", 5);
    Readings.tellInner(70);

    var taken = Readings.take();

    assertThat(taken.means()).containsOnlyKeys("lost").containsEntry("lost", 4.0);
    assertThat(taken.innerNanos()).containsExactly(70L);
    assertThat(Readings.take().means()).isEmpty();
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
