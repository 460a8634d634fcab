package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.machine.FileTrouble;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Planner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The main job: measures, then has the report made.
///
/// `java -cp benchmarks.jar dev.multijvm.benchmarks.runner.Bench --help`
public final class Bench {
  static final int VALID = 0;
  static final int USAGE = 2;
  static final int NOT_VALID = 3;

  private static final String PROPERTIES = "--properties";
  private static final String REPORT = "--report";

  private final Instrument instrument;
  private final Progress progress = Progress.here();

  Bench(Instrument instrument) {
    this.instrument = instrument;
  }

  /// Runs the command and exits.
  public static void main(String[] args) {
    System.exit(new Bench(Instrument.STANDARD).run(args));
  }

  /// Runs the command.
  ///
  /// @return the exit status
  int run(String... args) {
    return new CommandLine(specification()).setExecutionStrategy(this::execute).execute(args);
  }

  private static CommandSpec specification() {
    CommandSpec spec = CommandSpec.create().name("bench").mixinStandardHelpOptions(true);
    // Picocli's own is 1, which would say that something became slower.
    spec.exitCodeOnExecutionException(NOT_VALID);
    spec.usageMessage()
        .sortOptions(false)
        .description("Measures the same work under threads and under processes.")
        .footer(
            "",
            "Ends with 0 if the run is valid, 3 if it is not, 2 if something was asked for that",
            "cannot be, 1 on a regression where that was asked for.");
    for (Setting setting : Setting.values()) {
      OptionSpec.Builder option =
          OptionSpec.builder(setting.option()).description(setting.description());
      spec.addOption(
          setting.isFlag()
              ? option.type(boolean.class).arity("0").build()
              : option.type(String.class).paramLabel(setting.label()).build());
    }
    spec.addOption(
        OptionSpec.builder(PROPERTIES)
            .type(Path.class)
            .paramLabel("FILE")
            .description("take settings from bench.* properties, such as bench.failOnRegression")
            .build());
    spec.addOption(
        OptionSpec.builder(REPORT)
            .type(Path.class)
            .paramLabel("JAR")
            .description("have the report made by it")
            .build());
    return spec;
  }

  private int execute(ParseResult parsed) {
    Integer help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    try {
      return execute(settings(parsed), parsed.matchedOptionValue(REPORT, null));
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      return USAGE;
    } catch (NotValidException e) {
      System.err.println("Not valid: " + e.getMessage());
      return NOT_VALID;
    } catch (IOException e) {
      System.err.println("Not valid: " + FileTrouble.text(e));
      return NOT_VALID;
    } catch (UncheckedIOException e) {
      System.err.println("Not valid: " + FileTrouble.text(e));
      return NOT_VALID;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_VALID;
    }
  }

  private static Settings settings(ParseResult parsed) throws IOException {
    Settings settings = new Settings();
    for (Setting setting : Setting.values()) {
      if (parsed.hasMatchedOption(setting.option())) {
        Object value = parsed.matchedOptionValue(setting.option(), "");
        settings.option(setting, value.toString());
      }
    }
    Path properties = parsed.matchedOptionValue(PROPERTIES, null);
    if (properties != null) {
      settings.properties(properties);
    }
    settings.check();
    return settings;
  }

  private int execute(Settings settings, @Nullable Path report)
      throws IOException, InterruptedException {
    if (settings.resume()) {
      try (JmhLock _ = JmhLock.acquire(instrument.lockPatience(), progress::say)) {
        return measured(Run.resumed(settings, instrument, progress), settings, report);
      }
    }
    Planner planner = new Planner(instrument.catalogue().apply(settings.workers()));
    Planner.Wish wish = settings.wish();
    Plan draft = planner.plan(wish, Set.of(), Instant.now());
    Listing.requireWorkload(draft, planner, wish);
    if (settings.list()) {
      Listing.variants(draft, planner).forEach(progress::say);
      return VALID;
    }
    try (JmhLock _ = JmhLock.acquire(instrument.lockPatience(), progress::say)) {
      return measured(Run.begun(settings, wish, planner, instrument, progress), settings, report);
    }
  }

  private int measured(Run run, Settings settings, @Nullable Path report)
      throws IOException, InterruptedException {
    run.measure(progress);
    boolean valid = Ending.tell(run, progress);
    int reported =
        report == null
            ? VALID
            : ReportCommand.make(
                report, run.directory(), settings.baseline(), settings.failOnRegression());
    return valid ? reported : NOT_VALID;
  }
}
