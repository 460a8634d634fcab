package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotTest {
  @Test
  void datumIsTheMedianOfTheRawIterationsInNanoseconds() {
    assertThat(nanos(result("avgt", "us/op", "\"rawData\": [[5.0, 1.0, 2.0]]"))).isEqualTo(2000);
  }

  @Test
  void throughputBecomesTimeForAnOperation() {
    assertThat(nanos(result("thrpt", "ops/us", "\"rawData\": [[4.0, 5.0, 6.0]]"))).isEqualTo(200);
  }

  @Test
  void samplesBecomeTheMeanOfEachIteration() {
    String histograms = "\"rawDataHistogram\": [[[[1.0, 3], [5.0, 1]], [[4.0, 2]], [[9.0, 1]]]]";

    assertThat(nanos(result("sample", "ns/op", histograms))).isCloseTo(4, within(1e-12));
  }

  @Test
  void ofSeveralModesTheAverageTimeIsTaken() {
    String throughput = result("thrpt", "ops/us", "\"rawData\": [[4.0]]");
    String average = result("avgt", "ns/op", "\"rawData\": [[7.0]]");

    assertThat(nanos(throughput + "," + average)).isEqualTo(7);
  }

  @Test
  void ofSeveralBenchmarksTheOneThatWasAskedForIsTaken() {
    String other = result("avgt", "ns/op", "\"rawData\": [[1.0]]").replace("Sums.sum", "Sums.log");
    String asked = result("avgt", "ns/op", "\"rawData\": [[7.0]]");

    assertThat(nanos(other + "," + asked)).isEqualTo(7);
    assertThat(parse(other)).isEmpty();
  }

  @Test
  void settingsTellHowItWasMeasured() {
    Slot slot = parse(result("ss", "ms/op", "\"rawData\": [[7.0]]")).orElseThrow();

    assertThat(slot.settings()).containsEntry("mode", "ss").containsEntry("threads", "2");
  }

  @Test
  void whatHoldsNoPositiveTimeIsNoSlot() {
    assertThat(Slot.parse("", "org.example.Sums.sum")).isEmpty();
    assertThat(parse("")).isEmpty();
    assertThat(parse("{\"primaryMetric\":")).isEmpty();
    assertThat(parse(result("avgt", "us/op", "\"rawData\": [[\"NaN\"]]"))).isEmpty();
    assertThat(parse(result("avgt", "us/op", "\"rawData\": [[0.0]]"))).isEmpty();
    assertThat(parse(result("avgt", "furlongs", "\"rawData\": [[1.0]]"))).isEmpty();
  }

  private static double nanos(String results) {
    return parse(results).orElseThrow().nanos();
  }

  private static Optional<Slot> parse(String results) {
    return Slot.parse("[" + results + "]", "org.example.Sums.sum");
  }

  private static String result(String mode, String unit, String data) {
    return """
    {"benchmark": "org.example.Sums.sum", "mode": "%s", "threads": 2, "primaryMetric": {"scoreUnit": "%s", %s}}\
    """
        .formatted(mode, unit, data);
  }
}
