package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run of more than 500 slots, with all suites and some that nobody drew for.
class FullRunTest {
  @TempDir private static Path directory;

  private static Path run;
  private static List<String> terminal;

  @BeforeAll
  static void reportTheFullRun() {
    run = new SampleRun(directory.resolve("full")).rounds(4, 4).full().write();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream utf8 = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(utf8, utf8, run.toString())).isZero();
    terminal = out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void theTerminalStillEndsInFifteenLines() {
    assertThat(terminal).hasSizeLessThanOrEqualTo(15);
    assertThat(terminal).contains("... and 7 more on the page.");
    assertThat(terminal.getLast()).startsWith("Page: ");
  }

  @Test
  void aSuiteThatNobodyDrewForHasItsSentenceAndItsFigure() throws IOException {
    assertThat(run.resolve("charts/time-surface-polish-kind-rough-light.svg")).exists();
    assertThat(run.resolve("charts/time-lonely-one-light.svg")).exists();
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("**Polishing a surface that is rough: no verdict.** Processes take ")
        .contains("**Alone: no verdict.** There is nothing to compare.");
  }

  @Test
  void partsOfTheLibraryAreShownByTheirRateAndNotJudged() throws IOException {
    String page = Files.readString(run.resolve("report.md"));

    assertThat(run.resolve("charts/part-transport-light.svg")).exists();
    assertThat(page).contains("## Transport: what does one cost?", " k/s | 4 |", " GB/s | 4 |");
    assertThat(page).doesNotContain("**64 bytes there and back");
  }

  @Test
  void anIdlePoolIsShownByItsMemoryAndNotByItsTime() throws IOException {
    assertThat(run.resolve("charts/idle-memory-light.svg")).exists();
    assertThat(run.resolve("charts/part-idle-light.svg")).doesNotExist();
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("## What memory does an idle worker take?", "| Process pool | 4 workers | ");
    assertThat(Files.readString(run.resolve("charts/idle-memory-light.svg")))
        .contains("shared by several, counted once");
  }

  /// 12,000 less 2,000 µs in a second.
  @Test
  void anIdlePoolIsChargedOnlyForWhatTheProgramDoesNotTakeWithoutIt() throws IOException {
    assertThat(run.resolve("charts/time-idle-cpu-light.svg")).doesNotExist();
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("| Process pool | 1.00 | 12,000 | 4 |", "| Thread pool | 0 | 2,000 | 4 |");
  }

  @Test
  void theTimeToAFirstAnswerIsShownInParts() throws IOException {
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("| Pool of 2 | Process pool, plain | ", " | 80.0 | 45.0 | 4.00 | 4 |");
    assertThat(run.resolve("charts/part-startup-light.svg")).doesNotExist();
  }

  @Test
  void whatEachFurtherWorkerGainsIsDrawnAgainstTheIdeal() throws IOException {
    assertThat(run.resolve("charts/scaling-efficiency-light.svg")).exists();
    assertThat(Files.readString(run.resolve("charts/scaling-speed-up-light.svg")))
        .contains(">ideal<", ">attainable<", ">2 CPUs<");
    assertThat(Files.readString(run.resolve("report.md")))
        .containsPattern("\\| Thread pool \\| 4 \\| (1\\.9|2\\.0)\\d \\| 2 \\| (49|50)");
  }

  @Test
  void aCrashIsShownByItsTimeItsLossAndTheTailOfTheOthers() throws IOException {
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("| Tasks lost | 1 |", "| The longest wait | 2.40 ms |");
  }

  @Test
  void percentilesAreDrawnWhereOperationsWereTimedAlone() throws IOException {
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("| Asking a worker that is asleep | Process pool | 63.0 | 94.5 | 202 | 2,520 |");
  }

  /// A thousand messages of 64 bytes over a pipe in 11.6 ms, of which half take nine tenths of a
  /// thousandth.
  @Test
  void percentilesOfTheManyInAnOperationAreDrawnBesideWhatOneCosts() throws IOException {
    assertThat(run.resolve("charts/part-transport-light.svg")).exists();
    assertThat(run.resolve("charts/latency-transport-light.svg")).exists();
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("## Transport: how long in the worst cases?")
        .contains("| 64 bytes there and back over pipe | Process pool | 10.4 | 12.5 | 20.9 |");
  }

  @Test
  void whatASuiteTellsBesidesIsBesideItsTime() throws IOException {
    assertThat(Files.readString(run.resolve("charts/time-shared-value-race-light.svg")))
        .contains("lost 33,000");
  }

  @Test
  void whatASuiteTellsMuchOfIsInTheTable() throws IOException {
    assertThat(Files.readString(run.resolve("charts/time-heap-filled-light.svg")))
        .doesNotContain("gcMillis");
    assertThat(Files.readString(run.resolve("report.md")))
        .contains("| Rounds | gcCount | gcMillis |", "| 4 | 3.00 | 41.5 |");
  }

  @Test
  void thePageStaysSmallAndAllItsChartsHaveACommand() throws IOException {
    Path page = run.resolve("report.html");
    String text = Files.readString(page);

    assertThat(Files.size(page)).isLessThan(2 << 20);
    assertThat(text.split("<figure>", -1)).hasSameSizeAs(text.split("class=\"again\"", -1));
  }

  @Test
  @Tag("stress")
  void aSmallHeapIsEnough() throws Exception {
    try (Stream<Path> slots = Files.list(run.resolve("slots"))) {
      assertThat(slots).hasSizeGreaterThan(500);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path", "") + File.pathSeparator,
                "dev.multijvm.report.Main",
                run.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("output"))).isZero();
  }
}
