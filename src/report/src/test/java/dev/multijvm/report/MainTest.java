package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void anEmptyDirectoryIsReportedAsNotValid() {
    assertThat(report(directory.toString())).isEqualTo(3);

    assertThat(errors())
        .contains("slots: the directory is missing", "plan.json: the file is missing");
    assertThat(directory.resolve("report.html")).content().contains("This run is not valid");
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
