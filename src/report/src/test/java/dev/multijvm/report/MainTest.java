package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aValidRunIsReportedAndAnswered() {
    Path run = new SampleRun(directory).write();

    assertThat(report(run.toString())).isZero();

    assertThat(run.resolve("report.md")).exists();
    assertThat(run.resolve("charts/time-counting-tasks-2-light.svg")).exists();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .hasSizeLessThanOrEqualTo(15)
        .first()
        .asString()
        .startsWith("Counting to 10⁸ twice: threads and processes take the same time.");
  }

  @Test
  void aMissingDirectoryIsWrongUsage() {
    assertThat(report(directory.resolve("nowhere").toString())).isEqualTo(2);

    assertThat(errors()).contains("not a directory");
  }

  @Test
  void failingOnARegressionNeedsABaseline() {
    assertThat(report(directory.toString(), "--fail-on-regression")).isEqualTo(2);

    assertThat(errors()).contains("--fail-on-regression needs --baseline");
  }

  @Test
  void everyBrokenFileIsNamedAndTheRestIsReported() throws IOException {
    Path run = new SampleRun(directory).write();
    Files.writeString(
        run.resolve("slots/001-001-cut-off.json"),
        "{\n  \"format\": \"multijvm-slot/1\",\n  \"var");
    Files.writeString(run.resolve("slots/001-002-empty.json"), "");
    Files.writeString(run.resolve("slots/001-003-foreign.json"), "[{\"benchmark\": \"a.b.C\"}]");
    Files.delete(run.resolve("environment.json"));

    assertThat(report(run.toString())).isEqualTo(3);

    assertThat(errors())
        .contains("slots/001-001-cut-off.json:3: ")
        .contains("slots/001-002-empty.json: the file is empty")
        .contains("slots/001-003-foreign.json:1: ")
        .contains("environment.json: the file is missing");
    assertThat(run.resolve("report.md"))
        .content()
        .contains("This run is not valid", "Counting to 10⁸ twice");
  }

  @Test
  void aVariantOfThePlanWithoutAValidSlotIsNamed() throws IOException {
    Path run = new SampleRun(directory).write();
    delete(run, "counting-cold-mode-process-pool");

    assertThat(report(run.toString())).isEqualTo(3);

    assertThat(errors().lines())
        .containsExactly("slots: counting/cold:mode=process-pool,tasks=2 has no valid slot");
  }

  @Test
  void namesFromAPlanAreNeitherMarkupNorPaths() throws IOException {
    Path run = new SampleRun(directory.resolve("run")).full().write();
    replace(run.resolve("plan.json"), "\"transport\"", "\"../..<b onclick='x'>\"");
    replace(run.resolve("plan.json"), "\"chunks\"", "\"<i>\"");

    assertThat(report(run.toString())).isZero();

    assertThat(run.resolve("report.html")).content().doesNotContain("<b onclick", "<i>");
    assertThat(run.resolve("charts/part-b-onclick-x--light.svg")).exists();
    assertThat(directory).isDirectoryNotContaining(file -> !file.equals(run));
  }

  @Test
  void everyBrokenValueIsNamedByItsFile() throws IOException {
    Path run = new SampleRun(directory).write();
    Path slot = first(run, "counting-warm-mode-thread-pool");
    String text = Files.readString(slot);
    Map<String, String> broken = new TreeMap<>();
    broken.put("null", "null");
    broken.put("memory", text.replaceFirst("\"pssMiB\": [0-9.]+", "\"pssMiB\": \"NaN\""));
    broken.put("reading", text.replace("\"readings\": {", "\"readings\": { \"p50\": \"NaN\""));
    broken.put("status", text.replaceFirst("\"status\": \"[a-z]+\"", "\"status\": null"));
    broken.put("iteration", text.replace("\"iterations\": [", "\"iterations\": [null, "));
    for (Map.Entry<String, String> file : broken.entrySet()) {
      assertThat(file.getValue()).isNotEqualTo(text);
      Files.writeString(run.resolve("slots/009-" + file.getKey() + ".json"), file.getValue());
    }

    assertThat(report(run.toString())).isEqualTo(3);

    assertThat(errors().lines().toList())
        .hasSameSizeAs(broken.keySet())
        .allMatch(line -> line.startsWith("slots/009-"));
    assertThat(run.resolve("report.md")).content().contains("This run is not valid");
  }

  @Test
  void aPlanThatNamesAVariantTwiceOrAParameterWithoutValueIsBroken() throws IOException {
    Path run = new SampleRun(directory).write();
    Path plan = run.resolve("plan.json");
    String text = Files.readString(plan);

    Files.writeString(plan, text.replace("\"id\": \"ruler/together\"", "\"id\": \"ruler/alone\""));
    assertThat(report(run.toString())).isEqualTo(3);
    Files.writeString(plan, text.replace("\"mode\": \"thread-pool\"", "\"mode\": null"));
    assertThat(report(run.toString())).isEqualTo(3);

    assertThat(errors().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .contains("plan.json", "ruler/alone");
    assertThat(errors().lines().toList().getLast()).startsWith("plan.json:");
  }

  @Test
  void rawDataThatIsNoNumberIsNotHandedOn() throws IOException {
    Path run = new SampleRun(directory).write();
    Path slot = first(run, "counting-warm-mode-thread-pool");
    replace(slot, "\"rawData\": [[", "\"rawData\": [[\"much\", ");

    assertThat(report(run.toString())).isZero();

    assertThat(run.resolve("jmh.json")).content().doesNotContain("much");
  }

  @Test
  void aSlowerVariantFailsOnlyWhereThatIsAskedFor() {
    Path then = new SampleRun(directory.resolve("then")).write();
    Path now =
        new SampleRun(directory.resolve("now"))
            .slower("counting/warm:mode=process-pool", 1.3)
            .write();
    String[] advisory = {now.toString(), "--baseline", then.toString()};
    String[] strict = {now.toString(), "--baseline", then.toString(), "--fail-on-regression"};

    assertThat(report(advisory)).isZero();
    assertThat(report(strict)).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("1 regressed", "slower: counting/warm:mode=process-pool,tasks=2 1.30");
  }

  @Test
  void aSlowerMachineIsNotARegression() {
    Path then = new SampleRun(directory.resolve("then")).write();
    Path now = new SampleRun(directory.resolve("now")).slower("", 1.5).write();

    assertThat(report(now.toString(), "--baseline", then.toString(), "--fail-on-regression"))
        .isZero();
  }

  @Test
  void aBaselineWithNoVariantInCommonIsNotComparable() throws IOException {
    Path then = new SampleRun(directory.resolve("then")).write();
    Path now = new SampleRun(directory.resolve("now")).write();
    List<Path> files = new ArrayList<>(List.of(then.resolve("plan.json")));
    try (Stream<Path> slots = Files.list(then.resolve("slots"))) {
      slots.forEach(files::add);
    }
    for (Path file : files) {
      String text = Files.readString(file);
      Files.writeString(file, text.replaceAll("(counting|range-sum|sleep)/", "$1-other/"));
    }

    assertThat(report(now.toString(), "--baseline", then.toString(), "--fail-on-regression"))
        .isEqualTo(3);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("not comparable, because they have no variant in common");
  }

  @Test
  void aVariantWithAnotherKernelIsNoRegression() throws IOException {
    Path then = new SampleRun(directory.resolve("then")).write();
    Path now = new SampleRun(directory.resolve("now")).slower("counting/warm", 2).write();
    replace(
        now.resolve("honesty.json"),
        "\"kernel\": \"counting\", \"version\": 1",
        "\"kernel\": \"counting\", \"version\": 2");

    assertThat(report(now.toString(), "--baseline", then.toString(), "--fail-on-regression"))
        .isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("6 not comparable (another kernel or number of workers)");
  }

  @Test
  void anotherRulerMakesABaselineNotComparable() throws IOException {
    Path then = new SampleRun(directory.resolve("then")).write();
    Path now = new SampleRun(directory.resolve("now")).write();
    replace(
        now.resolve("honesty.json"),
        "\"kernel\": \"ruler\", \"version\": 1",
        "\"kernel\": \"ruler\", \"version\": 2");

    assertThat(report(now.toString(), "--baseline", then.toString())).isEqualTo(3);

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("because their rulers differ");
  }

  @Test
  void anUnfinishedRunSaysHowMuchItHas() {
    Path run = new SampleRun(directory).rounds(4, 6).write();

    assertThat(report(run.toString())).isZero();

    assertThat(run.resolve("report.md"))
        .content()
        .contains("4 of 6 rounds", "No intervals: they need 6 rounds.", "no verdict");
  }

  @Test
  void aRunSaysWhyItStoppedAndABrokenReasonIsNamed() throws IOException {
    Path run = new SampleRun(directory).write();
    Path stop = run.resolve("stop.json");
    Files.writeString(
        stop, "{\"format\": \"multijvm-stop/1\", \"reason\": \"time\", \"rounds\": 6}");

    assertThat(report(run.toString())).isZero();
    assertThat(run.resolve("report.md")).content().contains("The time was up.");

    Files.writeString(stop, "{\"format\": \"multijvm-stop/1\", \"reason\": \"whim\"}");

    assertThat(report(run.toString())).isEqualTo(3);
    assertThat(errors()).contains("stop.json:1: ");
  }

  @Test
  void aLostPlanIsNamedAndItsVariantsAreTakenFromTheSlots() throws IOException {
    Path run = new SampleRun(directory).write();
    Files.delete(run.resolve("plan.json"));

    assertThat(report(run.toString())).isEqualTo(3);

    assertThat(errors()).contains("plan.json: the file is missing");
    assertThat(run.resolve("report.md")).content().contains("Processes take 0.52");
  }

  @Test
  void theLimitOfForeignCpuIsToldWhereSlotsKnowIt() throws IOException {
    Path run = new SampleRun(directory).write();
    assertThat(report(run.toString())).isZero();
    assertThat(run.resolve("report.md")).content().doesNotContain("of foreign CPU were rejected");

    limit(first(run, "counting-warm-mode-thread-pool"), "3.0");
    limit(first(run, "counting-warm-mode-process-pool"), "25.0");
    assertThat(report(run.toString())).isZero();

    assertThat(run.resolve("report.md"))
        .content()
        .contains("Slots with more than 3 to 25 % of foreign CPU were rejected.");
    assertThat(run.resolve("charts/course-light.svg")).content().contains("above 3 to 25 %");
  }

  private static void limit(Path slot, String percent) throws IOException {
    replace(slot, "\"doubts\":", "\"maxForeignPercent\": " + percent + ", \"doubts\":");
  }

  @Test
  void anEmptyDirectoryIsReportedAsNotValid() {
    assertThat(report(directory.toString())).isEqualTo(3);

    assertThat(errors())
        .contains("slots: the directory is missing", "plan.json: the file is missing");
    assertThat(directory.resolve("report.html")).content().contains("This run is not valid");
  }

  /// Deletes the slots whose names contain `part`.
  private static void delete(Path run, String part) throws IOException {
    try (Stream<Path> slots = Files.list(run.resolve("slots"))) {
      for (Path slot : slots.filter(file -> file.toString().contains(part)).toList()) {
        Files.delete(slot);
      }
    }
  }

  private static Path first(Path run, String part) throws IOException {
    try (Stream<Path> slots = Files.list(run.resolve("slots"))) {
      return slots
          .filter(file -> file.toString().contains(part))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static void replace(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  private int report(String... args) {
    return Main.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
