package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.SequentialDesign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `scripts/compare BASE HEAD`: is head slower than base?
@Command(
    name = "compare",
    header = "Is HEAD slower than BASE?",
    description = {
      "Measures both in interleaved pairs of slots, each slot a fork of its own, and stops as soon as the pairs tell.",
      "A slowdown is only reported after fresh pairs have confirmed it."
    },
    footer = {
      "",
      "Exit status: 0 not slower, 1 slower, 2 cannot tell, 3 not valid.",
      "What follows -- goes to JMH, for example: -- -wi 10 -i 5 -w 200ms -r 200ms",
    },
    mixinStandardHelpOptions = true,
    version = "multijvm compare, writes format multijvm-compare/1",
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeOnInvalidInput = 3,
    exitCodeOnExecutionException = 3)
public final class Compare implements Callable<Integer> {
  private static final List<String> OURS = List.of("-f", "-wf", "-foe", "-rf", "-rff", "-p", "-o");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Parameters(index = "0", paramLabel = "BASE", description = "A git revision, or any JMH jar.")
  private String baseName = "";

  @Parameters(index = "1", paramLabel = "HEAD", description = "A git revision, or any JMH jar.")
  private String headName = "";

  @Parameters(index = "2..*", hidden = true)
  private List<String> jmhArguments = List.of();

  @Option(
      names = "--include",
      paramLabel = "REGEX",
      description =
          "Measure the cases whose id it matches in part; by default this project's gate set, or all cases of foreign jars.")
  private @Nullable Pattern include;

  @Option(names = "--exclude", paramLabel = "REGEX", description = "Leave these cases out.")
  private @Nullable Pattern exclude;

  @Option(names = "--list", description = "Print the ids of the cases and stop.")
  private boolean list;

  @Option(
      names = "--margin",
      paramLabel = "PERCENT",
      description =
          "Tolerate changes up to so many per cent (default: 2); not less than scripts/bench selftest can see here.")
  private @Nullable Double marginPercent;

  @Option(
      names = "--time",
      paramLabel = "MINUTES",
      description = "Stop measuring after so many minutes; what is open then stays open.")
  private double minutes = Duration.ofDays(1).toMinutes();

  @Mixin private DesignOptions options = new DesignOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the results go (default: a new directory in results/compare).")
  private @Nullable Path out;

  @Option(names = "--project", hidden = true)
  private Path project = Path.of("");

  private final Progress progress = new Progress(System.err);

  /// Runs the command and exits with its status.
  public static void main(String... arguments) {
    Farewell.runAndExit(new Compare(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SequentialDesign usual = options.design();
    requireMargin();
    requireFreeArguments();
    Instant started = Instant.now();
    Path results = directory(started);
    Path logs = Files.createDirectories(results.resolve("logs"));
    Sides sides = sides(logs);
    Selection selection = select(sides, logs);
    if (list) {
      selection.cases().forEach(wanted -> System.out.println(wanted.id()));
      selection.notShared().forEach(System.out::println);
      return 0;
    }

    SequentialDesign design = design(usual, selection.cases());
    List<Contest> contests =
        selection.cases().stream().map(wanted -> new Contest(wanted, design)).toList();
    PairedRun run = new PairedRun(sides, contests, setting(results), progress);
    Ending ending = run.run();
    Outcome outcome =
        new Outcome(
            sides,
            design,
            contests,
            selection.notShared(),
            ending,
            run.disturbed(),
            options.tolerance(),
            started,
            options.seed());
    Report report = new Report(outcome);
    System.out.print(report.text());
    report.write(results);
    System.out.println("Details: " + results.resolve(Report.MARKDOWN));
    return outcome.answer().exitStatus();
  }

  private void requireMargin() {
    if (marginPercent != null && !(marginPercent > 0 && marginPercent < 50)) {
      throw new NotValidException(
          "The margin must be above 0 and below 50 %.", NotValidException.SEE_HELP);
    }
  }

  /// What a self-test saw of this project's own slots says nothing about anybody else's.
  private SequentialDesign design(SequentialDesign usual, List<Case> cases) {
    Double wanted = marginPercent;
    Optional<Resolution> resolution =
        cases.stream().noneMatch(Case::isOwn)
            ? Optional.empty()
            : Resolution.here(Revisions.usersCache(), progress::say);
    return resolution
        .map(it -> it.design(usual, wanted, progress::say))
        .orElseGet(() -> wanted == null ? usual : usual.withMargin(wanted / 100));
  }

  private void requireFreeArguments() {
    if (!jmhArguments.isEmpty() && !jmhArguments.getFirst().startsWith("-")) {
      throw new NotValidException(
          "Not understood: " + jmhArguments.getFirst(), NotValidException.SEE_HELP);
    }
    for (String argument : jmhArguments) {
      if (OURS.contains(argument)) {
        throw new NotValidException(
            argument + " is set by the comparison itself.", "Leave it out behind --.");
      }
    }
  }

  private Path directory(Instant started) {
    Path usual = project.resolve("results").resolve("compare").resolve(STAMP.format(started));
    return (out == null ? usual : out).toAbsolutePath().normalize();
  }

  private Sides sides(Path logs) throws InterruptedException {
    Revisions revisions =
        new Revisions(project.toAbsolutePath(), Revisions.usersCache(), logs, progress::say);
    return revisions.sides(baseName, headName);
  }

  private Selection select(Sides sides, Path logs) throws InterruptedException {
    Predicate<Case> included = include == null ? Selection::isInGate : matching(include);
    Predicate<Case> wanted = exclude == null ? included : included.and(matching(exclude).negate());
    return Selection.of(
        sides.base().jar().cases(logs.resolve("base-cases.log")),
        sides.head().jar().cases(logs.resolve("head-cases.log")),
        wanted);
  }

  private static Predicate<Case> matching(Pattern pattern) {
    return candidate -> pattern.matcher(candidate.id()).find();
  }

  private PairedRun.Setting setting(Path results) throws IOException {
    return new PairedRun.Setting(
        measured -> jmhArguments.isEmpty() ? Selection.settings(measured) : jmhArguments,
        Files.createDirectories(results.resolve("slots")),
        Duration.ofMillis((long) (minutes * 60_000)),
        options.tolerance(),
        options.seed());
  }
}
