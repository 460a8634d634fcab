package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.statistics.SequentialDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SelftestTest {
  @TempDir private Path directory;

  @Test
  void slotsOfAnEarlierSelftestAreJudgedAgain() throws IOException {
    Path slots = slots(200, 0.01);
    Path out = directory.resolve("out");

    int status = run("--from", slots.toString(), "--out", out.toString());

    assertThat(status).isZero();
    JsonNode result = JsonMapper.shared().readTree(out.resolve("selftest.json"));
    assertThat(result.path("falseAlarms").asInt()).isLessThanOrEqualTo(20);
    assertThat(result.path("fivePerCentSeen").asInt()).isGreaterThan(1900);
    assertThat(result.path("smallestVisible").path("24").asDouble()).isBetween(0.02, 0.05);
    assertThat(result.path("smallestVisible").path("8").asDouble())
        .isGreaterThanOrEqualTo(result.path("smallestVisible").path("24").asDouble());
    assertThat(result.path("resolution").path("24").asDouble()).isBetween(0.001, 0.02);
    assertThat(result.path("slotNanos").size()).isEqualTo(200);
  }

  @Test
  void textSaysWhatIsPromisedAndWhatWasSeen() throws IOException {
    SelftestResult result =
        SelftestResult.of(
            "a/b:mode=c",
            SequentialDesign.GATE,
            SelftestResult.recordedIn(slots(100, 0.01)),
            Instant.EPOCH,
            1);

    assertThat(result.text())
        .startsWith("100 slots of a/b:mode=c, 2.0 s each; 2000 comparisons replayed from them\n")
        .contains("with 24 pairs, at most 192 s a case")
        .contains("false alarms 0.00 %\n")
        .contains("98.0 % promised");
  }

  @Test
  void tooFewSlotsOrAnotherFileAreNotValid() throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), "{\"slotNanos\": [\"NaN\"]}");
    Path broken = Files.writeString(directory.resolve("broken.json"), "{\"slotNanos\": [1");

    assertThat(run("--from", slots(23, 0.01).toString(), "--out", directory.toString()))
        .isEqualTo(3);
    assertThat(run("--from", other.toString())).isEqualTo(3);
    assertThat(run("--from", broken.toString())).isEqualTo(3);
  }

  private static int run(String... arguments) {
    return Farewell.commandLine(new Selftest()).execute(arguments);
  }

  private Path slots(int count, double spread) throws IOException {
    String nanos =
        new Random(count)
            .doubles(count)
            .map(uniform -> 1e6 * (1 + spread * (uniform - 0.5)))
            .mapToObj(Double::toString)
            .collect(Collectors.joining(",", "{\"slotSeconds\": 2, \"slotNanos\": [", "]}"));
    return Files.writeString(directory.resolve(count + ".json"), nanos);
  }
}
