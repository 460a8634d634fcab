package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.machine.Environment;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.JvmFlags;
import dev.multijvm.benchmarks.slot.SlotRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// One run: its plan, its directory, and what has been measured.
///
/// @param dishonest what the gates said about kernels that failed
record Run(
    Plan plan,
    RunDirectory directory,
    History history,
    List<String> dishonest,
    Measurement measurement) {

  /// Looks around, asks the gates, and only then makes room for a new run.
  static Run begun(
      Settings settings,
      Planner.Wish wish,
      Planner planner,
      Instrument instrument,
      Progress progress)
      throws IOException, InterruptedException {
    RunDirectory directory = new RunDirectory(settings.out());
    directory.checkFree();
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Environment environment = environment(started);
    environment.warnings().forEach(progress::warn);
    HonestyGate.Answer honesty = instrument.honesty().ask();
    honesty.verdicts().forEach(progress::warn);
    Plan plan = planner.plan(wish, honesty.unsound(), started);
    Listing.summary(plan, planner).forEach(progress::say);
    directory.create();
    // The plan makes it a run of ours, whatever happens next.
    directory.write(plan);
    directory.write(environment);
    directory.writeHonesty(honesty.text());
    return of(
        plan,
        directory,
        new History(List.of()),
        honesty,
        plan.time(),
        planner,
        settings,
        instrument,
        progress);
  }

  /// Goes on with the run that is there: what was measured is kept, what failed is measured again
  /// and stays on record until then.
  ///
  /// @throws UsageException if there is none, or if this is not the machine and the software it was
  ///   begun with
  static Run resumed(Settings settings, Instrument instrument, Progress progress)
      throws IOException {
    RunDirectory directory = new RunDirectory(settings.out());
    if (!directory.isRun()) {
      throw new UsageException("there is no run in " + directory.path() + " to go on with");
    }
    Plan plan = directory.plan();
    List<String> differences = environment(plan.started()).differencesFrom(directory.environment());
    if (!differences.isEmpty()) {
      throw new UsageException(
          "the run in "
              + directory.path()
              + " was begun elsewhere: "
              + String.join("; ", differences));
    }
    History history = new History(slotsOf(plan, directory));
    Planner planner = new Planner(instrument.catalogue().apply(plan.workers()));
    Duration asked = settings.time();
    Duration left =
        asked == null ? plan.time().minusMillis((long) (1000 * history.usedSeconds())) : asked;
    progress.say(
        "Going on with " + directory.path() + ": " + history.slots().size() + " slots are there.");
    return of(
        plan,
        directory,
        history,
        directory.honesty(),
        left,
        planner,
        settings,
        instrument,
        progress);
  }

  private static List<SlotRecord> slotsOf(Plan plan, RunDirectory directory) throws IOException {
    List<String> ids = plan.variants().stream().map(Variant::id).toList();
    List<SlotRecord> slots = directory.slots();
    for (SlotRecord slot : slots) {
      if (!ids.contains(slot.variant())) {
        throw new UsageException("a slot is not of this plan: " + slot.variant());
      }
    }
    return slots;
  }

  private static Environment environment(Instant started) {
    return Environment.here(
        started, JvmFlags.ofArguments(ManagementFactory.getRuntimeMXBean().getInputArguments()));
  }

  private static Run of(
      Plan plan,
      RunDirectory directory,
      History history,
      HonestyGate.Answer honesty,
      Duration left,
      Planner planner,
      Settings settings,
      Instrument instrument,
      Progress progress) {
    // Forks and workers learn the size of their pools from this property.
    System.setProperty(Workers.PROPERTY, Integer.toString(plan.workers()));
    return new Run(
        plan,
        directory,
        history,
        honesty.verdicts(),
        new Measurement(
            plan,
            directory,
            history,
            planner::estimatedSeconds,
            left,
            instrument.grace(),
            settings.maxForeign(),
            progress));
  }

  /// Measures what is not there yet, and keeps why it measured no further. Ctrl-C ends the slot
  /// that runs, keeps the others and says how to go on.
  void measure(Progress progress) throws IOException, InterruptedException {
    directory.deleteStop();
    Thread hook = Thread.ofPlatform().name("interrupt").unstarted(() -> interrupt(progress));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Stop.Reason reason = measurement.run();
      if (reason != Stop.Reason.interruption) {
        stop(reason, progress);
      }
    } catch (IOException e) {
      progress.warn(kept("Stopped"));
      throw e;
    } finally {
      removeHook(hook);
    }
  }

  /// What there is, and how to have the rest.
  private String kept(String how) {
    return how
        + ": "
        + history.slots().size()
        + " slots are kept in "
        + directory.path()
        + ". Go on with: scripts/bench --resume --out "
        + directory.path();
  }

  private void stop(Stop.Reason reason, Progress progress) throws IOException {
    Stop stop =
        new Stop(
            Stop.FORMAT,
            reason,
            history.rounds(),
            orNull(new Precision(plan, history).widest()),
            orNull(measurement.ownSeconds()));
    directory.write(stop);
    progress.say(stop.text(plan.rounds()));
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static void removeHook(Thread hook) throws InterruptedException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The JVM is going down: the hook has the last word.
      hook.join();
    }
  }

  private void interrupt(Progress progress) {
    try {
      measurement.interrupt();
      if (!directory.hasStopped()) {
        stop(Stop.Reason.interruption, progress);
      }
      progress.say(kept("Interrupted"));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      progress.warn("stop.json could not be written: " + e.getMessage());
    }
  }
}
