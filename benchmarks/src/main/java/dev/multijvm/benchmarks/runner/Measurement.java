package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.FairJvm;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.Launcher;
import dev.multijvm.benchmarks.slot.Settling;
import dev.multijvm.benchmarks.slot.SlotJudge;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import dev.multijvm.statistics.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// Measures a plan round by round and keeps every slot at once. What has been kept before is not
/// measured again.
///
/// The time wins over the rounds: no round begins that would not end in time, except the first. A
/// slot that was disturbed is repeated at the end of its round, or in the time that is left after
/// the last one.
final class Measurement {
  private static final int DEADLINE_FACTOR = 10;
  private static final double SETTLING_SHARE = 0.1;
  private static final Duration INTERRUPTION = Duration.ofSeconds(5);

  /// Ctrl-C reaches the fork too: so long we wait to hear it ourselves before we believe that the
  /// benchmark failed.
  private static final Duration HEARING = Duration.ofMillis(300);

  private final Plan plan;
  private final RunDirectory directory;
  private final History history;
  private final Rounds rounds;
  private final Repetitions repetitions;
  private final Duration grace;
  private final Progress progress;
  private final Launcher launcher;
  private final SlotJudge judge;
  private final Settling settling;
  private final long end;
  private final List<Double> ownSeconds = new CopyOnWriteArrayList<>();
  private volatile boolean interrupted;
  private volatile boolean launching;

  /// @param estimate seconds of a slot, where none has been measured
  /// @param time that measuring may still take
  /// @param grace a slot is killed after ten times its estimate and this
  /// @param maxForeign the percentage of stolen or foreign CPU time above which a slot is rejected
  Measurement(
      Plan plan,
      RunDirectory directory,
      History history,
      ToDoubleFunction<Variant> estimate,
      Duration time,
      Duration grace,
      double maxForeign,
      Progress progress) {
    this.plan = plan;
    this.directory = directory;
    this.history = history;
    rounds = new Rounds(plan, history, estimate);
    repetitions = new Repetitions(plan, history);
    this.grace = grace;
    this.progress = progress;
    launcher = new Launcher(plan.started() + "-" + ProcessHandle.current().pid());
    judge = new SlotJudge(maxForeign);
    settling =
        new Settling(maxForeign, Duration.ofMillis((long) (SETTLING_SHARE * time.toMillis())));
    end = System.nanoTime() + time.toNanos();
  }

  /// Measures until the ratios are precise, all rounds are there, the time is up or somebody
  /// interrupts.
  Stop.Reason run() throws IOException, InterruptedException {
    Stop.Reason reason = measureRounds();
    if (reason != Stop.Reason.precision) {
      fillGaps();
    }
    return interrupted ? Stop.Reason.interruption : reason;
  }

  private Stop.Reason measureRounds() throws IOException, InterruptedException {
    Precision precision = new Precision(plan, history);
    for (int round = 1; round <= plan.rounds() && !interrupted; round++) {
      List<Variant> order = rounds.order(round, secondsLeft());
      if (round > 1 && !history.hasBegun(round) && secondsLeft() < rounds.seconds(order)) {
        return Stop.Reason.time;
      }
      measure(round, order);
      repeat(round, order);
      if (precision.isReached(round)) {
        return Stop.Reason.precision;
      }
    }
    return Stop.Reason.rounds;
  }

  private void measure(int round, List<Variant> order) throws IOException, InterruptedException {
    List<Variant> whole = plan.round(round);
    for (Variant variant : order) {
      int position = whole.indexOf(variant) + 1;
      if (!interrupted && !history.has(round, position) && !history.isGivenUp(variant)) {
        tell(round, order, variant);
        measure(round, position, variant);
      }
    }
  }

  private void repeat(int round, List<Variant> order) throws IOException, InterruptedException {
    Optional<Variant> next = repetitions.nextIn(round, order);
    while (next.isPresent() && !interrupted) {
      tell(round, order, next.get());
      measure(round, repetitions.position(round), next.get());
      next = repetitions.nextIn(round, order);
    }
  }

  /// Measures what is still missing, as far as there is time. By now the machine may be quieter.
  private void fillGaps() throws IOException, InterruptedException {
    Predicate<Variant> hasTime = variant -> rounds.seconds(variant) <= secondsLeft();
    Optional<Repetitions.Gap> next = repetitions.nextOfAll(hasTime);
    while (next.isPresent() && !interrupted) {
      int round = next.get().round();
      Variant variant = next.get().variant();
      progress.repetition(repetitions.missing(), round, variant.id());
      measure(round, repetitions.position(round), variant);
      next = repetitions.nextOfAll(hasTime);
    }
  }

  private void tell(int round, List<Variant> order, Variant variant) {
    progress.slot(
        round,
        plan.rounds(),
        history.slotsOf(round) + 1,
        order.size(),
        variant.id(),
        timeLeft(round, order));
  }

  private void measure(int round, int position, Variant variant)
      throws IOException, InterruptedException {
    launching = true;
    long began = System.nanoTime();
    try {
      if (interrupted) {
        return;
      }
      Launcher.Outcome outcome =
          launcher.launch(
              variant,
              forkArguments(variant),
              directory.log(round, position, variant.fileName()),
              deadline(variant));
      if (!outcome.problems().isEmpty()) {
        Thread.sleep(HEARING);
      }
      if (interrupted) {
        return;
      }
      double settled = settling.settle();
      keep(judge.judge(variant, round, position, outcome, settled), variant);
      ownSeconds.add((System.nanoTime() - began) / 1e9 - outcome.jmhSeconds() - settled);
    } finally {
      launching = false;
    }
  }

  private void keep(SlotRecord slot, Variant variant) throws IOException {
    directory.write(slot, variant.fileName());
    for (SlotRecord replaced : history.add(slot)) {
      if (replaced.position() != slot.position()) {
        directory.delete(replaced, variant.fileName());
      }
    }
    if (slot.status() != Status.valid) {
      progress.warn(
          slot.variant() + " " + slot.status() + ": " + String.join("; ", slot.reasons()));
    }
  }

  /// What a slot took of the time beside JMH and settling, in the median of those measured now:
  /// reading counters, accounting the tree, looking for processes left behind, judging and writing.
  OptionalDouble ownSeconds() {
    double[] each = ownSeconds.stream().mapToDouble(Double::doubleValue).toArray();
    return each.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Samples.median(each));
  }

  /// What has no mode runs in JVMs of its own, each like the one of a single thread.
  private static List<String> forkArguments(Variant variant) {
    return FairJvm.forkArguments(
        variant.mode().map(ExecutionMode::of).orElse(ExecutionMode.SINGLE_THREAD),
        variant.workers());
  }

  private Duration deadline(Variant variant) {
    return grace.plusMillis((long) (1000 * DEADLINE_FACTOR * rounds.seconds(variant)));
  }

  private double secondsLeft() {
    return (end - System.nanoTime()) / 1e9;
  }

  private Duration timeLeft(int round, List<Variant> order) {
    double needed =
        order.stream()
                .filter(variant -> history.of(round, variant).isEmpty())
                .mapToDouble(rounds::seconds)
                .sum()
            + (plan.rounds() - round) * rounds.seconds(order);
    return Duration.ofSeconds(Math.round(Math.min(needed, Math.max(secondsLeft(), 0))));
  }

  /// Ends the slot that runs, whose record is dropped, and lets no other begin. For another thread;
  /// returns when no process of ours is left.
  void interrupt() throws InterruptedException {
    interrupted = true;
    long patience = System.nanoTime() + INTERRUPTION.toNanos();
    while ((launching || !launcher.isIdle()) && System.nanoTime() < patience) {
      launcher.kill();
      Thread.sleep(20);
    }
  }
}
