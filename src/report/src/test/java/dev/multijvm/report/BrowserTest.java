package dev.multijvm.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in a real browser, where there is one: nothing sticks out, nothing lies over anything.
class BrowserTest {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Pattern RESULT =
      Pattern.compile("<pre id=\"result\">(.*?)</pre>", Pattern.DOTALL);
  private static final int DEADLINE_SECONDS = 120;

  /// Looks at what is shown and writes down what is wrong.
  private static final String INSPECTION =
      """
      <script>
      document.fonts.ready.then(() => {
        const faults = [];
        const root = document.documentElement;
        if (root.scrollWidth > root.clientWidth) faults.push('the page is wider than the window: ' + root.scrollWidth);
        for (const svg of document.querySelectorAll('svg')) {
          const frame = svg.getBoundingClientRect();
          if (frame.width === 0) continue;
          const name = svg.closest('section').id;
          const texts = [...svg.querySelectorAll('text')].map(t => ({words: t.textContent, box: t.getBoundingClientRect()}));
          for (const {words, box} of texts) {
            if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
              faults.push(name + ': sticks out: ' + words);
          }
          for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
            const a = texts[i].box, b = texts[j].box;
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const upright = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && upright > 4) faults.push(name + ': overlap: ' + texts[i].words + ' / ' + texts[j].words);
          }
        }
        const unnamed = [...document.querySelectorAll('svg')].filter(s => !s.querySelector('title').textContent);
        if (unnamed.length) faults.push(unnamed.length + ' charts have no text');
        const result = document.createElement('pre');
        result.id = 'result';
        result.textContent = document.fonts.check('16px Inter') ? faults.join('\\n') : 'the typeface is missing';
        document.body.append(result);
      });
      </script>
      """;

  @TempDir private static Path directory;

  private static Path report;
  private static Path history;

  @BeforeAll
  static void makeThePages() throws IOException {
    assumeTrue(browser().isPresent(), "no Chromium on the PATH: the pages were not looked at");
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Path run = new SampleRun(directory.resolve("sample")).full().write();
    Main.run(nowhere, nowhere, run.toString());
    report = inspected(run.resolve("report.html"));
    Path past = directory.resolve("history");
    for (int day = 1; day <= 3; day++) {
      String jdk = "25.0." + day;
      replace(run.resolve("environment.json"), "(?<=\"version\": \")25[^\"]*", jdk);
      replace(run.resolve("plan.json"), "2026-11-\\d+", "2026-11-1" + day);
      Main.run(
          nowhere, nowhere, "history", "--directory", past.toString(), "--add", run.toString());
    }
    history = inspected(past.resolve("index.html"));
  }

  private static void replace(Path file, String pattern, String text) throws IOException {
    Files.writeString(file, Files.readString(file).replaceFirst(pattern, text));
  }

  private static Path inspected(Path page) throws IOException {
    Path inspected = page.resolveSibling("inspected.html");
    Files.writeString(inspected, Files.readString(page).replace("</body>", INSPECTION + "</body>"));
    return inspected;
  }

  @Test
  void nothingOfTheReportSticksOutOrOverlapsOnADesk() throws Exception {
    assertThat(faults(report, 1100)).isEmpty();
  }

  @Test
  void nothingOfTheReportSticksOutOrOverlapsOnATelephone() throws Exception {
    assertThat(faults(report, 390)).isEmpty();
  }

  @Test
  void nothingOfTheHistorySticksOutOrOverlapsOnADesk() throws Exception {
    assertThat(faults(history, 1100)).isEmpty();
  }

  @Test
  void nothingOfTheHistorySticksOutOrOverlapsOnATelephone() throws Exception {
    assertThat(faults(history, 390)).isEmpty();
  }

  private static String faults(Path page, int width) throws Exception {
    Path profile = Files.createTempDirectory(directory, "profile");
    Path dom = Files.createTempFile(directory, "dom", ".html");
    Process browser =
        new ProcessBuilder(
                browser().orElseThrow(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--window-size=" + width + ",900",
                "--virtual-time-budget=10000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(browser.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
    Matcher result = RESULT.matcher(Files.readString(dom));
    assertThat(result.find()).as("the page was inspected").isTrue();
    return result.group(1);
  }

  private static Optional<String> browser() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .flatMap(folder -> BROWSERS.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
