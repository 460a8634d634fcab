package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.SequentialDesign;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scripts/bench selftest`: how often would the gate cry wolf on this machine, and what can it
/// see?
@Command(
    name = "selftest",
    header = "Measures the gate's own noise.",
    description = {
      "Records slots of one case, one after the other, then plays thousands of comparisons with them: as they are,"
          + " so that every alarm is false, and with 5 %% added to one side.",
      "Takes some ten minutes; scripts/compare then refuses margins that are finer than what this machine shows."
    },
    footer = {"", "Exit status: 0 at most 1 %% false alarms, 1 more, 3 not valid."},
    mixinStandardHelpOptions = true,
    version = "multijvm selftest, writes format multijvm-selftest/1",
    usageHelpAutoWidth = true,
    sortOptions = false,
    exitCodeOnInvalidInput = 3,
    exitCodeOnExecutionException = 3)
public final class Selftest implements Callable<Integer> {
  @Option(
      names = "--case",
      paramLabel = "ID",
      description = "Which case to record (default: ${DEFAULT-VALUE}).")
  private String id = "range-sum/warm:mode=process-pool,chunks=16";

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many slots to record (default: ${DEFAULT-VALUE}).")
  private int slots = 200;

  @Mixin private DesignOptions options = new DesignOptions();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Record nothing, but take the slots of an earlier selftest.json.")
  private @Nullable Path from;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the slots and the result go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("results", "compare", "selftest");

  /// Runs the command and exits with its status.
  public static void main(String... arguments) {
    Farewell.runAndExit(new Selftest(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SequentialDesign design = options.design();
    Recording.Recorded recorded = from == null ? record() : SelftestResult.recordedIn(from);
    SelftestResult result = SelftestResult.of(id, design, recorded, Instant.now(), options.seed());
    Path file = Files.createDirectories(out).resolve("selftest.json");
    Files.writeString(file, result.json());
    System.out.print(result.text());
    System.out.println("Details: " + file);
    if (from == null) {
      Resolution.keep(file, Revisions.usersCache());
      System.out.println("Kept for comparisons on this machine.");
    }
    return result.isHonest() ? 0 : 1;
  }

  private Recording.Recorded record() throws IOException, InterruptedException {
    Path directory = Files.createDirectories(out.toAbsolutePath().resolve("slots"));
    Recording recording =
        new Recording(
            JmhJar.of(ownJar()), directory, options.tolerance(), new Progress(System.err));
    return recording.record(recording.find(id), slots);
  }

  private static Path ownJar() {
    try {
      Path place =
          Path.of(Selftest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(place)) {
        return place;
      }
      throw new NotValidException(
          "Not run from a jar: " + place, "Use scripts/bench selftest after a build.");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
