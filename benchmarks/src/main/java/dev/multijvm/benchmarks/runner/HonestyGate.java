package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.honesty.Honesty;
import dev.multijvm.benchmarks.machine.ShortProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has the kernels judged in a JVM of its own before anything is measured.
final class HonestyGate {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private HonestyGate() {}

  /// What the gates said.
  ///
  /// @param text of `honesty.json`
  /// @param unsound the suites of kernels that failed, by their names in ids
  /// @param verdicts of the kernels that failed, in words
  record Answer(String text, Set<String> unsound, List<String> verdicts) {}

  /// Asks, which takes some five seconds.
  ///
  /// @throws NotValidException if there is no answer
  static Answer ask() throws IOException, InterruptedException {
    Path answer = Files.createTempFile("multijvm-honesty", ".json");
    try {
      ShortProgram gates =
          ShortProgram.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Honesty.class.getName(),
                  answer.toString()),
              PATIENCE);
      String text = Files.readString(answer);
      if (text.isEmpty()) {
        throw new NotValidException(
            "the honesty gates ended with " + gates.exit() + ": " + gates.output().strip());
      }
      return read(text);
    } finally {
      Files.delete(answer);
    }
  }

  static Answer read(String text) {
    Map<String, String> failed = new LinkedHashMap<>();
    Set<String> unsound = new TreeSet<>();
    for (JsonNode kernel : new JsonMapper().readTree(text).path("kernels")) {
      String verdict = kernel.path("verdict").asString("");
      if (!verdict.equals("honest")) {
        failed.put(kernel.path("kernel").asString(""), verdict);
        kernel.path("suites").forEach(suite -> unsound.add(inIds(suite.asString(""))));
      }
    }
    return new Answer(text, unsound, List.copyOf(failed.values()));
  }

  /// `RangeSumSuite` is `range-sum` in ids.
  private static String inIds(String className) {
    return className
        .replaceFirst("Suite$", "")
        .replaceAll("(?<!^)([A-Z])", "-$1")
        .toLowerCase(Locale.ROOT);
  }
}
