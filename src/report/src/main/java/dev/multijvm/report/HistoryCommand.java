package dev.multijvm.report;

import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.history.HistoryFiles;
import dev.multijvm.report.history.HistoryPage;
import dev.multijvm.report.history.PastRun;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.RunReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `report history`: keeps a few numbers of a run and draws what became of all runs.
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Draws the history of all runs as one page, and adds a run to it first.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the page is made",
      "2:wrong usage",
      "3:the run is not valid and was not added, or a file of the history is broken and not drawn"
    })
final class HistoryCommand implements Callable<Integer> {
  private static final String PAGE = "index.html";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--add", paramLabel = "RUN", description = "a run to add, such as results/latest")
  private @Nullable Path added;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      defaultValue = "results/history",
      description = "where the history is: ${DEFAULT-VALUE}")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    OutputFiles files = new OutputFiles(directory);
    if (added != null) {
      Main.requireDirectory(spec, added);
      Optional<String> refusal = add(added, files);
      if (refusal.isPresent()) {
        err.println("not added: " + refusal.get());
        return Main.NOT_VALID;
      }
    }
    Main.requireDirectory(spec, directory);
    HistoryFiles.Contents history = HistoryFiles.read(directory);
    files.write(PAGE, HistoryPage.of(history));
    history.troubles().forEach(err::println);
    spec.commandLine()
        .getOut()
        .println(history.runs().size() + " runs. Page: " + directory.resolve(PAGE));
    return history.troubles().isEmpty() ? Main.FINE : Main.NOT_VALID;
  }

  /// Returns why the run was not added; empty if it was.
  private static Optional<String> add(Path directory, OutputFiles files) throws IOException {
    Run run = RunReader.read(directory);
    if (!run.isValid()) {
      return Optional.of(run.troubles().getFirst().toString());
    }
    try {
      Optional<PastRun> past = PastRun.of(Findings.of(run));
      if (past.isEmpty()) {
        return Optional.of("the run has no ruler to compare by");
      }
      files.write(HistoryFiles.name(past.get()), HistoryFiles.text(past.get()));
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("plan.json: " + e.getMessage());
    }
  }
}
