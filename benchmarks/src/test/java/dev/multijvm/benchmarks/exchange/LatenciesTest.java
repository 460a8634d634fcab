package dev.multijvm.benchmarks.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 31, 32, 63, 64, 1000, 123_456_789, 1L << 40, Long.MAX_VALUE})
  void aDurationIsKnownWithinSixPercent(long nanos) throws IOException {
    try (var latencies = Latencies.open()) {
      latencies.add(nanos);

      assertThat(latencies.take().get("max"))
          .isCloseTo((double) nanos, Percentage.withPercentage(6.25));
    }
  }

  @Test
  void percentilesAreThoseOfAllThatWasAddedAndTakenOnce() throws IOException {
    try (var latencies = Latencies.open()) {
      LongStream.rangeClosed(1, 10_000).forEach(latencies::add);

      var taken = latencies.take();

      assertThat(taken).containsOnlyKeys("p50", "p90", "p99", "p99.9", "max");
      assertThat(taken.get("p50")).isCloseTo(5000, within(320.0));
      assertThat(taken.get("p99")).isCloseTo(9900, within(620.0));
      assertThat(latencies.take()).isEmpty();
    }
  }
}
