package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The sample run's report against files that one can read; `-Dgolden.update=true` writes them
/// anew.
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path SCHEMA = Path.of("../../results/verdict.schema.json");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private static Path directory;

  private static Path run;
  private static String terminal;

  @BeforeAll
  static void reportTheSampleRun() {
    run = new SampleRun(directory.resolve("first/sample")).write();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream utf8 = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Main.run(utf8, utf8, run.toString())).isZero();
    terminal = out.toString(StandardCharsets.UTF_8).replace(run.toString(), "RUN");
  }

  @Test
  void theTerminalEndsWithTheAnswer() throws IOException {
    assertGolden("terminal.txt", terminal);
  }

  @Test
  void theMarkdownIsAsItWas() throws IOException {
    assertGolden("report.md", Files.readString(run.resolve("report.md")));
  }

  @Test
  void theVerdictIsAsItWasAndAsItsSchemaSays() throws IOException {
    String verdict = Files.readString(run.resolve("verdict.json"));
    JsonNode schema = MAPPER.readTree(Files.readString(SCHEMA));

    assertGolden("verdict.json", verdict);
    assertThat(JsonSchema.faults(schema, MAPPER.readTree(verdict))).isEmpty();
  }

  @Test
  void everyPublishedVerdictIsAsTheSchemaSays() throws IOException {
    JsonNode schema = MAPPER.readTree(Files.readString(SCHEMA));
    try (Stream<Path> runs = Files.list(SCHEMA.resolveSibling("."))) {
      List<Path> verdicts =
          runs.map(published -> published.resolve("verdict.json")).filter(Files::exists).toList();

      assertThat(verdicts).isNotEmpty();
      for (Path verdict : verdicts) {
        assertThat(JsonSchema.faults(schema, MAPPER.readTree(Files.readString(verdict))))
            .as(verdict.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void whatOtherToolsReadIsAsItWas() throws IOException {
    assertGolden("benchmark-action.json", Files.readString(run.resolve("benchmark-action.json")));
    JsonNode jmh = MAPPER.readTree(Files.readString(run.resolve("jmh.json")));

    assertThat(jmh).isNotEmpty();
    assertThat(jmh.get(0).get("forks").asInt()).isEqualTo(6);
    assertThat(jmh.get(0).at("/primaryMetric/rawData")).hasSize(6);
  }

  @Test
  void theSameRunGivesTheSameBytesWhereverItIsReported() {
    Path again = new SampleRun(directory.resolve("second/sample")).write();
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("hi-IN-u-nu-deva"));
      assertThat(Main.run(nowhere, nowhere, again.toString())).isZero();
    } finally {
      Locale.setDefault(locale);
    }

    Map<String, String> first = contents(run);
    assertThat(first).hasSizeGreaterThan(40);
    assertThat(contents(again)).isEqualTo(first);
  }

  @Test
  void thePageLoadsNothingAndIsSmall() throws IOException {
    Path page = run.resolve("report.html");

    assertThat(Files.size(page)).isLessThan(2 << 20);
    assertThat(page).content().doesNotContain("<script", "src=\"", "@import", "url(http", "<link");
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path golden = GOLDEN.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  private static Map<String, String> contents(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      Map<String, String> contents = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            directory.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
