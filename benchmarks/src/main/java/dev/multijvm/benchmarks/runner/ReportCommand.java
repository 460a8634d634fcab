package dev.multijvm.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has the report of a run made by the report's own program: nothing but files is shared with it.
final class ReportCommand {
  private ReportCommand() {}

  /// Runs it on this terminal and returns its exit status.
  static int make(Path jar, RunDirectory run, Optional<Path> baseline, boolean failOnRegression)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Its seconds of drawing are over before the second compiler pays.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", jar.toString(), run.path().toString()));
    baseline.ifPresent(it -> command.addAll(List.of("--baseline", it.toString())));
    if (failOnRegression) {
      command.add("--fail-on-regression");
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
