package dev.multijvm.report;

import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.page.Terminal;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.RunReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
    subcommands = HistoryCommand.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the report is made and the run is valid",
      "1:slower than the baseline, where --fail-on-regression asks",
      "2:wrong usage",
      "3:the run or the baseline is not valid, or they cannot be compared; what could be read is reported"
    })
final class Main implements Callable<Integer> {
  static final int FINE = 0;
  private static final int REGRESSED = 1;
  static final int NOT_VALID = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "the run's directory, such as results/latest")
  private @Nullable Path directory;

  @Option(
      names = "--baseline",
      paramLabel = "DIR",
      description = "another run, with which this one is compared by ratios to the frozen ruler")
  private @Nullable Path baseline;

  @Option(
      names = "--fail-on-regression",
      description = "exit with 1 if a variant is more than 10 %% slower than in the baseline")
  private boolean failsOnRegression;

  private final boolean isUnicode;

  private Main(boolean isUnicode) {
    this.isUnicode = isUnicode;
  }

  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /// Does everything but leaving.
  ///
  /// @return the exit code
  static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new Main(out.charset().newEncoder().canEncode('⁸')))
        .setOut(new PrintWriter(out, true, out.charset()))
        .setErr(new PrintWriter(err, true, err.charset()))
        .setExecutionExceptionHandler((e, command, _) -> {
          // Anything unforeseen must not look like a regression, which a plain exit with 1 would.
          if (e instanceof IOException) {
            command.getErr().println("report: " + e);
          } else {
            e.printStackTrace(command.getErr());
          }
          return NOT_VALID;
        })
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    if (failsOnRegression && baseline == null) {
      throw new ParameterException(spec.commandLine(), "--fail-on-regression needs --baseline");
    }
    if (directory == null) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'RUN'");
    }
    Path run = directory;
    requireDirectory(spec, run);
    Run now = RunReader.read(run);
    Findings findings = Findings.of(now);
    Optional<Run> then = older();
    Optional<Baseline> changes = then.map(older -> Baseline.of(findings, Findings.of(older)));
    new Report(findings, changes).write(new OutputFiles(run));

    CommandLine command = spec.commandLine();
    now.troubles().forEach(command.getErr()::println);
    then.ifPresent(
        older -> older.troubles().forEach(t -> command.getErr().println("baseline: " + t)));
    Terminal.lines(findings, changes, run.resolve("report.html").toString(), isUnicode)
        .forEach(command.getOut()::println);
    boolean isValid =
        now.isValid()
            && then.map(Run::isValid).orElse(true)
            && changes.map(Baseline::isComparable).orElse(true);
    if (!isValid) {
      return NOT_VALID;
    }
    return failsOnRegression && changes.map(Baseline::hasRegressed).orElse(false)
        ? REGRESSED
        : FINE;
  }

  private Optional<Run> older() throws IOException {
    if (baseline == null) {
      return Optional.empty();
    }
    requireDirectory(spec, baseline);
    return Optional.of(RunReader.read(baseline));
  }

  static void requireDirectory(CommandSpec spec, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ParameterException(spec.commandLine(), "not a directory: " + directory);
    }
  }
}
