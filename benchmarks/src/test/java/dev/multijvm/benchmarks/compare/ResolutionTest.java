package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.statistics.SequentialDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionTest {
  private static final Resolution COARSE = resolution(0.04, 0.0251);
  private static final Resolution FINE = resolution(0.02, 0.01);

  @TempDir private Path cache;
  private final List<String> said = new ArrayList<>();

  @Test
  void marginFinerThanTheMachineShowsIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> COARSE.design(SequentialDesign.GATE, 2.0, said::add))
        .isInstanceOf(NotValidException.class)
        .hasMessageContaining("2.0 % is too fine")
        .hasMessageContaining("--margin 2.6 or more, or run scripts/bench selftest");
  }

  @Test
  void fewerPairsShowLess() {
    SequentialDesign eight = SequentialDesign.GATE.withLooks(SequentialDesign.GATE.looks().upTo(8));

    assertThatThrownBy(() -> COARSE.design(eight, 3.0, said::add))
        .hasMessageContaining("--margin 4.0 or more, allow more --pairs");
  }

  @Test
  void marginNobodyAskedForStaysAndTheMachinesLimitIsSaid() {
    SequentialDesign design = COARSE.design(SequentialDesign.GATE, null, said::add);

    assertThat(design).isEqualTo(SequentialDesign.GATE);
    assertThat(said).singleElement().asString().contains("cannot tell less than 2.6 %");
  }

  @Test
  void machineThatShowsMoreChangesNothing() {
    assertThat(FINE.design(SequentialDesign.GATE, null, said::add))
        .isEqualTo(SequentialDesign.GATE);
    assertThat(FINE.design(SequentialDesign.GATE, 1.0, said::add).margin()).isEqualTo(0.01);
    assertThat(said).isEmpty();
  }

  @Test
  void selftestIsFoundAgainOnTheSameMachine() throws IOException {
    Path file =
        Files.writeString(
            cache.resolve("selftest.json"),
            """
            {
              "format": "multijvm-selftest/1",
              "tested": "2026-11-21T09:00:00Z",
              "resolution": {"8": 0.04, "24": 0.0251}
            }
            """);

    Resolution.keep(file, cache);

    assertThat(Resolution.here(cache, said::add)).contains(COARSE);
    assertThat(said).isEmpty();
  }

  @Test
  void machineWithoutASelftestIsToldHowToMakeOne() {
    assertThat(Resolution.here(cache, said::add)).isEmpty();

    assertThat(said).singleElement().asString().contains("No self-test").contains("bench selftest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "{\"format\": \"multijvm-selftest/1\", \"tested\": \"2026",
        "{\"format\": \"multijvm-selftest/9\"}",
        "{\"format\": \"multijvm-selftest/1\"}",
        "{\"format\": \"multijvm-selftest/1\", \"resolution\": {\"8\": 0.04}}",
        """
        {"format": "multijvm-selftest/1", "tested": "2026-11-21T09:00:00Z", "resolution": {"24": 0.04}}
        """,
        """
        {"format": "multijvm-selftest/1", "tested": "2026-11-21T09:00:00Z", "resolution": {"x": 0.04}}
        """,
        """
        {"format": "multijvm-selftest/1", "tested": "2026-11-21T09:00:00Z", "resolution": {"8": "NaN"}}
        """,
      })
  void brokenSelftestCountsForNothingAndIsNamed(String text) throws IOException {
    Path place = Files.writeString(Resolution.place(cache), text);

    assertThat(Resolution.here(cache, said::add)).isEmpty();

    assertThat(said)
        .singleElement()
        .asString()
        .startsWith("Ignoring the self-test in " + place)
        .endsWith("scripts/bench selftest makes a new one.")
        .doesNotContain(": null");
  }

  private static Resolution resolution(double withEight, double withTwentyFour) {
    return new Resolution(
        Instant.parse("2026-11-21T09:00:00Z"),
        new TreeMap<>(Map.of(8, withEight, 24, withTwentyFour)));
  }
}
