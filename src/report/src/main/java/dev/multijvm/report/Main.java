package dev.multijvm.report;

import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.page.Terminal;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.RunReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `report`: makes charts, pages and a verdict from the files of a run.
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes charts, pages and a verdict from the files of a run.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the report is made and the run is valid",
      "1:slower than the baseline, where --fail-on-regression asks",
      "2:wrong usage",
      "3:the run or the baseline is not valid; what could be read is reported"
    })
final class Main implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int NOT_VALID = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "the run's directory, such as results/latest")
  private Path run = Path.of("");

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "another run, with which this one is compared by ratios to the frozen ruler")
  private @Nullable Path baseline;

  @Option(
      names = "--fail-on-regression",
      description = "exit with 1 if a variant is more than 10 %% slower than in the baseline")
  private boolean failsOnRegression;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /// Does everything but leaving.
  ///
  /// @return the exit code
  static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new Main())
        .setOut(new java.io.PrintWriter(out, true, out.charset()))
        .setErr(new java.io.PrintWriter(err, true, err.charset()))
        .setExecutionExceptionHandler((e, command, _) -> {
          if (e instanceof IOException) {
            command.getErr().println("report: " + e);
            return NOT_VALID;
          }
          throw e;
        })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    if (failsOnRegression && baseline == null) {
      throw new ParameterException(spec.commandLine(), "--fail-on-regression needs --baseline");
    }
    requireDirectory(run);
    Run read = RunReader.read(run);
    Findings findings = Findings.of(read);
    new Report(findings).write(new OutputFiles(run));
    read.troubles().forEach(trouble -> spec.commandLine().getErr().println(trouble));
    Terminal.lines(findings, run.resolve("report.html").toString(), true)
        .forEach(spec.commandLine().getOut()::println);
    return read.isValid() ? FINE : NOT_VALID;
  }

  private void requireDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(spec.commandLine(), "not a directory: " + directory);
    }
  }
}
