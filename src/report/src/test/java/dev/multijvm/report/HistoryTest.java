package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command `report history` on runs of several days.
class HistoryTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRunAddedTwiceIsThereOnceWithALineForEachVariant() throws IOException {
    Path run = run("2026-11-21");

    assertThat(add(run)).isZero();
    assertThat(add(run)).isZero();

    List<String> lines = Files.readAllLines(file("2026-11-21"));
    assertThat(lines.getFirst())
        .startsWith("{\"format\":\"multijvm-history/1\",\"started\":\"2026-11-21T06:00:00Z\"")
        .contains("\"ruler\":\"ruler/1\"");
    assertThat(lines.stream().filter(line -> line.contains("counting/warm:mode=thread-pool")))
        .singleElement()
        .asString()
        .contains("\"kernel\":\"counting/1\"", "\"toRuler\":1.7", "\"level\":0.96875");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("1 runs.");
  }

  @Test
  void aNewJdkIsMarkedAndStartsANewStandard() throws IOException {
    add(run("2026-11-21"));
    add(run("2026-11-22"));
    Path newer = run("2026-11-23");
    replace(newer.resolve("environment.json"), "25.0.3+9-LTS", "25.0.4+7-LTS");
    add(newer);

    assertThat(page())
        .contains(
            "A: JDK 25.0.3+9-LTS to 25.0.4+7-LTS.",
            "3 runs. There is nothing yet to compare the latest with.");
  }

  @Test
  void aNewVersionOfAKernelIsMarkedOnlyWhereItIsMeasured() throws IOException {
    add(run("2026-11-21"));
    Path newer = run("2026-11-22");
    replace(
        newer.resolve("honesty.json"),
        "\"kernel\": \"counting\", \"version\": 1",
        "\"kernel\": \"counting\", \"version\": 2");
    add(newer);

    assertThat(page()).containsOnlyOnce("id=\"machine-1-counting-warm-tasks-2\"");
    assertThat(section("machine-1-counting-warm-tasks-2"))
        .contains("A: kernel counting/1 to counting/2.");
    assertThat(section("machine-1-sleep-warm-tasks-10")).doesNotContain("A: ");
  }

  @Test
  void whatMovedMostIsSaidFirst() throws IOException {
    add(run("2026-11-21"));
    add(run("2026-11-22"));
    add(run("2026-11-23", "sleep/cold:mode=process-pool", 1.3));

    assertThat(page())
        .contains(
            "3 runs. Farthest from what it was: Ten sleeps of 0.5 s, cold, process pool, +30.0 %");
  }

  @Test
  void machinesAreNeverDrawnAsOneLine() throws IOException {
    add(run("2026-11-21"));
    Path other = run("2026-11-22");
    replace(other.resolve("environment.json"), "Sample CPU", "Other CPU");
    add(other);

    assertThat(page())
        .contains("<h2>Sample CPU @ 2.70GHz, 2 CPUs, W = 2</h2>")
        .contains("<h2>Other CPU @ 2.70GHz, 2 CPUs, W = 2</h2>");
  }

  @Test
  void aRunThatIsNotValidIsNotAdded() throws IOException {
    Path run = run("2026-11-21");
    Files.delete(run.resolve("honesty.json"));

    assertThat(add(run)).isEqualTo(3);

    assertThat(errors()).contains("not added: honesty.json: the file is missing");
    assertThat(file("2026-11-21")).doesNotExist();
  }

  @Test
  void aBrokenLineIsNamedAndTheRestIsDrawn() throws IOException {
    add(run("2026-11-21"));
    Path file = file("2026-11-21");
    List<String> lines = Files.readAllLines(file);
    lines.set(1, "{\"id\":");
    Files.write(file, lines);
    Files.writeString(history().resolve("2026-11-20T000000Z.jsonl"), "");

    assertThat(report("history", "--directory", history().toString())).isEqualTo(3);

    assertThat(errors())
        .contains("2026-11-21T060000Z.jsonl:2: ")
        .contains("2026-11-20T000000Z.jsonl: the file is empty");
    assertThat(page()).contains("This history is not valid", "Ten sleeps of 0.5 s");
  }

  @Test
  void theSameHistoryGivesTheSamePage() throws IOException {
    add(run("2026-11-21"));
    String first = page();

    report("history", "--directory", history().toString());

    assertThat(page()).isEqualTo(first);
  }

  private Path run(String day) throws IOException {
    return run(day, "nothing", 1);
  }

  private Path run(String day, String slower, double factor) throws IOException {
    Path run = new SampleRun(directory.resolve(day)).slower(slower, factor).write();
    replace(run.resolve("plan.json"), "2026-11-21T06", day + "T06");
    return run;
  }

  private static void replace(Path file, String old, String young) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, young));
  }

  private int add(Path run) {
    return report("history", "--directory", history().toString(), "--add", run.toString());
  }

  private int report(String... args) {
    return Main.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private Path history() {
    return directory.resolve("history");
  }

  private Path file(String day) {
    return history().resolve(day + "T060000Z.jsonl");
  }

  private String page() throws IOException {
    return Files.readString(history().resolve("index.html"));
  }

  private String section(String id) throws IOException {
    String rest = page().substring(page().indexOf("id=\"" + id + "\""));
    return rest.substring(0, rest.indexOf("</section>"));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
