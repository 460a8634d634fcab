package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.benchmarks.plan.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path directory;
  private final Settings settings = new Settings();

  @Test
  void nothingGivenIsTheQuickEffortInResultsLatest() {
    settings.check();

    assertThat(settings.effort()).isEqualTo(Effort.QUICK);
    assertThat(settings.time()).isNull();
    assertThat(settings.out()).isEqualTo(Path.of("results", "latest"));
    assertThat(settings.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(settings.maxForeign()).isEqualTo(3);
    assertThat(settings.failOnRegression()).isFalse();
  }

  @Test
  void propertiesAreReadAndAnOptionGoesBeforeThem() throws IOException {
    settings.option(Setting.EFFORT, "smoke");

    properties("bench.effort=full", "bench.time=1h2m3s", "bench.maxForeign=5", "java.home=/x");

    assertThat(settings.effort()).isEqualTo(Effort.SMOKE);
    assertThat(settings.time()).isEqualTo(Duration.ofSeconds(3723));
    assertThat(settings.maxForeign()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "bench.efort, bench.effort",
    "bench.fail-on-regression, bench.failOnRegression",
    "bench.basline, bench.baseline",
    "bench.mode, bench.modes"
  })
  void anUnknownPropertyStopsWithTheNearestName(String wrong, String right) {
    assertThatThrownBy(() -> properties(wrong + "=1"))
        .isInstanceOf(UsageException.class)
        .hasMessage("there is no " + wrong + ": did you mean " + right + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "bench.effort=hard, one of smoke",
    "bench.time=4, a duration such as",
    "bench.time=0s, a duration such as",
    "bench.time=99999999999999999999h, a duration such as",
    "bench.include=(, a regular expression",
    "bench.modes=threads, some of single-thread",
    "bench.workers=0, a number from 1",
    "bench.seed=-1, a number",
    "bench.maxForeign=much, a percentage",
    "bench.failOnRegression=yes, true or false",
    "bench.baseline=/nowhere, the directory of a run"
  })
  void aBadValueIsToldWithItsNameAndWhatIsAllowed(String line, String allowed) throws IOException {
    properties(line);

    assertThatThrownBy(settings::check)
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(line + ": must be ")
        .hasMessageContaining(allowed);
  }

  @Test
  void failingOnARegressionNeedsABaseline() {
    settings.option(Setting.FAIL_ON_REGRESSION, "true");

    assertThatThrownBy(settings::check)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--fail-on-regression")
        .hasMessageContaining("bench.baseline");
  }

  @Test
  void resumingKeepsToThePlanThereIs() {
    settings.option(Setting.RESUME, "true");
    settings.option(Setting.SEED, "4");

    assertThatThrownBy(settings::check)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("leave out --seed");
  }

  @Test
  void whatMavenLeavesEmptyIsNotSet() throws IOException {
    properties("bench.baseline=", "bench.include=");

    settings.check();

    assertThat(settings.include()).isNull();
    assertThat(settings.baseline()).isEmpty();
  }

  private void properties(String... lines) throws IOException {
    Path file = directory.resolve("bench.properties");
    Files.writeString(file, String.join("\n", lines) + "\n");
    settings.properties(file);
  }
}
