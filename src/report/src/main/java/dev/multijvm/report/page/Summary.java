package dev.multijvm.report.page;

import dev.multijvm.report.figure.Context;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Environment;
import dev.multijvm.report.run.Honesty;
import dev.multijvm.report.run.Plan;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.Slot;
import dev.multijvm.report.run.Status;
import dev.multijvm.report.run.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What every page says besides the figures.
final class Summary {
  private Summary() {}

  /// One row per workload: the time of each mode, the ratio that answers, and its price in CPU
  /// time.
  static Table modes(Findings findings) {
    List<Mode> modes =
        findings.workloads().stream()
            .flatMap(workload -> workload.modes().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> columns = new ArrayList<>(List.of("Workload"));
    modes.forEach(mode -> columns.add(mode.label()));
    columns.addAll(List.of("Process ÷ thread", "CPU (threads)"));
    List<List<String>> rows = new ArrayList<>();
    for (Answer answer : findings.answers()) {
      Workload workload = answer.workload();
      List<String> row = new ArrayList<>(List.of(workload.heading()));
      for (Mode mode : modes) {
        row.add(
            workload.cell(mode).map(cell -> Wording.millis(cell.millis().estimate())).orElse(""));
      }
      row.add(
          Answer.ratio(workload, Mode.PROCESS_POOL, Mode.THREAD_POOL)
              .map(Wording::ratio)
              .orElse(""));
      row.add(cpu(workload));
      rows.add(row);
    }
    return new Table(columns, 1, rows).withoutEmptyColumns();
  }

  /// On how much the report rests, in two sentences.
  static String basis(Findings findings) {
    Plan plan = findings.run().plan();
    return "Effort "
        + plan.effort()
        + ", "
        + findings.rounds().replaceFirst("^in ", "")
        + ", "
        + plan.started()
        + ". "
        + stopped(findings.run().stop())
        + findings
            .maxForeign()
            .map(limit -> "Slots with more than " + limit + " of foreign CPU were rejected. ")
            .orElse("")
        + findings
            .level()
            .map(level ->
                "In brackets: intervals of "
                    + level
                    + " by the exact signed-rank method, ratios paired by round.")
            .orElse("No intervals: they need 6 rounds.");
  }

  private static String stopped(@Nullable Stop stop) {
    return stop == null ? "" : stop.reason().sentence() + " ";
  }

  /// What became of each variant since the baseline; the worst first.
  static Table changes(Baseline baseline) {
    return new Table(
        List.of("Variant", "Verdict", "Now ÷ then, by the ruler", "Interval", "Level"),
        2,
        baseline.changes().stream()
            .sorted(
                Comparator.comparing(Baseline.Change::verdict)
                    .thenComparingDouble(change -> -change.ratio().estimate()))
            .map(change ->
                List.of(
                    change.cell().variant().id(),
                    change.verdict().key(),
                    Wording.ratio(change.ratio().estimate()),
                    Wording.ratioLimits(change.ratio()),
                    Context.level(change.ratio())))
            .toList());
  }

  /// `Against the run of …: 1 regressed, 20 same.`
  static String changed(Baseline baseline) {
    String head = "Against the run of " + baseline.run() + ": ";
    if (!baseline.isComparable()) {
      return head + "not comparable, because " + baseline.obstacle() + ".";
    }
    String counts =
        Stream.of(Baseline.Verdict.values())
            .map(verdict -> {
              long count = baseline.changes().stream().filter(c -> c.verdict() == verdict).count();
              return count == 0 ? "" : count + " " + verdict.key();
            })
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", "));
    String others =
        baseline.others() == 0
            ? ""
            : ", " + baseline.others() + " not comparable (another kernel or number of workers)";
    return head
        + counts
        + others
        + ". By ratios to the frozen ruler of each run, margin "
        + Wording.percent(Baseline.MARGIN)
        + "; runs that do not differ have any regression here with a probability of at most "
        + Wording.percent(Baseline.FALSE_ALARMS)
        + ".";
  }

  static Table machine(Environment environment) {
    return new Table(
        List.of("What", "Value"),
        2,
        environment.facts().stream().map(fact -> List.of(fact.name(), fact.value())).toList());
  }

  static Table honesty(Honesty honesty) {
    return new Table(
        List.of("Kernel", "Verdict", "ns per step", "Cycles per step", "At least"),
        2,
        honesty.kernels().stream()
            .map(kernel ->
                List.of(
                    kernel.kernel() + "/" + kernel.version(),
                    kernel.verdict(),
                    Wording.number(kernel.nanosPerStep()),
                    Wording.number(kernel.cyclesPerStep()),
                    Wording.number(kernel.floorCycles())))
            .toList());
  }

  /// Slots that do not count or raise a doubt, one row for what was said of a variant in several
  /// rounds.
  static Table doubts(Run run) {
    Map<List<String>, List<Doubt>> alike = new LinkedHashMap<>();
    for (Slot slot : run.slots()) {
      for (String words : slot.status() == Status.VALID ? slot.doubts() : reasons(slot)) {
        Doubt doubt = new Doubt(slot, words);
        alike.computeIfAbsent(doubt.kind(), _ -> new ArrayList<>()).add(doubt);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (List<Doubt> doubts : alike.values()) {
      Slot first = doubts.getFirst().slot;
      rows.add(
          List.of(
              first.variant(),
              first.status().toString(),
              Doubt.words(doubts),
              doubts.stream()
                  .map(doubt -> Integer.toString(doubt.slot.round()))
                  .distinct()
                  .collect(Collectors.joining(", "))));
    }
    return new Table(List.of("Variant", "Slot", "Why", "Rounds"), 3, rows);
  }

  private static List<String> reasons(Slot slot) {
    return slot.reasons().isEmpty() ? List.of("no reason given") : slot.reasons();
  }

  /// One remark on one slot.
  private record Doubt(Slot slot, String words) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    /// What remarks of one kind have in common: all but their numbers.
    List<String> kind() {
      return List.of(
          slot.variant(), slot.status().toString(), NUMBER.matcher(words).replaceAll("#"));
    }

    /// What was said, from the least to the greatest where it differs by a single number.
    static String words(List<Doubt> doubts) {
      String first = doubts.getFirst().words;
      List<Double> numbers =
          doubts.stream()
              .flatMap(doubt -> NUMBER.matcher(doubt.words).results())
              .map(number -> Double.valueOf(number.group()))
              .sorted()
              .distinct()
              .toList();
      boolean hasOne = NUMBER.matcher(first).results().count() == 1;
      return hasOne && numbers.size() > 1
          ? NUMBER.matcher(first).replaceFirst(numbers.getFirst() + " to " + numbers.getLast())
          : first;
    }
  }

  /// How many variants of each case were left out for each reason; all of them are in the plan.
  static Table leftOut(Plan plan) {
    Map<List<String>, Long> counts =
        plan.leftOut().stream()
            .collect(
                Collectors.groupingBy(
                    left -> List.of(left.id().replaceFirst(":.*", ""), left.reason()),
                    LinkedHashMap::new,
                    Collectors.counting()));
    return new Table(
        List.of("What", "Why", "Variants"),
        2,
        counts.entrySet().stream()
            .map(entry ->
                List.of(
                    entry.getKey().getFirst(),
                    entry.getKey().getLast(),
                    entry.getValue().toString()))
            .toList());
  }

  private static String cpu(Workload workload) {
    Optional<String> threads = cpu(workload, Mode.THREAD_POOL);
    return cpu(workload, Mode.PROCESS_POOL)
        .map(processes -> processes + threads.map(t -> " (" + t + ")").orElse(""))
        .orElse("");
  }

  private static Optional<String> cpu(Workload workload, Mode mode) {
    OptionalDouble found = workload.cell(mode).map(Cell::cpuMillis).orElse(OptionalDouble.empty());
    return found.isPresent() ? Optional.of(Wording.millis(found.getAsDouble())) : Optional.empty();
  }
}
