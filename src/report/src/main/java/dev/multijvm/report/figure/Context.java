package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Body;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Intervals;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.chart.Style;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What all figures of a run share: the small print, the styles of modes and the commands.
public final class Context {
  private static final List<Style> STYLES =
      List.of(
          Style.PLAIN_CIRCLE,
          Style.BLUE_DIAMOND,
          Style.SKY_TRIANGLE,
          Style.GREEN_TRIANGLE,
          Style.VERMILLION_SQUARE,
          Style.PURPLE_CIRCLE,
          Style.PURPLE_DIAMOND,
          Style.PURPLE_SQUARE);

  private final Findings findings;
  private final Optional<String> level;
  private final String rounds;

  Context(Findings findings) {
    this.findings = findings;
    this.level = findings.level();
    this.rounds = rounds(findings);
  }

  /// The look of a mode, the same in every chart. Python's modes have a colour of their own and the
  /// marks of what they are in Java.
  public static Style style(Mode mode) {
    return mode.place() >= 0 ? STYLES.get(mode.place()) : Style.ORANGE_HOURGLASS;
  }

  Findings findings() {
    return findings;
  }

  /// A chart of estimates, which says what its whiskers are and the level of their intervals.
  ///
  /// @param subtitle what is drawn, in which unit
  /// @param better which way is better
  /// @param alternative what the picture says, for those who do not see it
  Chart ofEstimates(
      String name, String title, String subtitle, Body body, String better, String alternative) {
    Intervals intervals = level.isEmpty() ? Intervals.NONE : body.intervals();
    String atLevel = " · intervals of " + level.orElse("");
    return new Chart(
        fileName(name),
        title,
        subtitle + " " + whiskers(intervals),
        body,
        footer(
            better + " · " + rounds,
            intervals == Intervals.NONE ? " · no intervals under 6 rounds" : atLevel),
        alternative);
  }

  /// A chart of medians, or of each slot, which have no intervals.
  ///
  /// @param better which way is better, or empty where neither is
  Chart ofMedians(
      String name, String title, String subtitle, Body body, String better, String alternative) {
    String start = better.isEmpty() ? "" : better + " · ";
    return new Chart(
        fileName(name), title, subtitle, body, footer(start + rounds, ""), alternative);
  }

  private String whiskers(Intervals intervals) {
    return switch (intervals) {
      case NONE -> "Points only: an interval needs 6 rounds.";
      case SOME ->
          "Whiskers: intervals of "
              + level.orElseThrow()
              + ", where there are 6 rounds and they are wider than the mark.";
      case ALL -> "Whiskers: intervals of " + level.orElseThrow() + ", where wider than the mark.";
    };
  }

  /// What is drawn, and on what it was measured.
  private List<String> footer(String start, String end) {
    var run = findings.run();
    String machine =
        run.environment().cpuModel()
            + (run.environment().cpus().isPresent()
                ? ", " + Wording.count(run.environment().cpus().getAsInt(), "CPU")
                : "");
    String date = run.plan().started().replaceFirst("T.*", "");
    return List.of(
        start + end,
        machine
            + " · W = "
            + run.plan().workers()
            + " · JDK "
            + run.environment().jdk()
            + " · "
            + date
            + " · multijvm");
  }

  /// Such as `in 6 rounds`, or `in 2 to 6 rounds` where extras were measured in half of the rounds
  /// at most, which is more than chance rejects.
  private static String rounds(Findings findings) {
    int fewest = fewestRounds(findings);
    return fewest > 0 && 2 * fewest <= findings.completeRounds()
        ? "in " + fewest + " to " + Wording.count(findings.completeRounds(), "round")
        : findings.rounds();
  }

  private static int fewestRounds(Findings findings) {
    return findings.cells().stream()
        .filter(cell -> !cell.isEmpty())
        .mapToInt(Cell::rounds)
        .min()
        .orElse(0);
  }

  /// The command that measures these workloads' suites again.
  String command(List<Workload> workloads) {
    return command(workloads.stream().map(Workload::suite).distinct().toArray(String[]::new));
  }

  /// The command that measures these suites again.
  String command(String... suites) {
    String effort = findings.run().plan().effort();
    return "mvn verify -Pbench"
        + (effort.equals("quick") || effort.equals("unknown") ? "" : " -Dbench.effort=" + effort)
        + (suites.length
                == findings.cells().stream()
                    .filter(cell -> isMeasuredForItself(cell.variant().role()))
                    .map(cell -> cell.variant().suite())
                    .distinct()
                    .count()
            ? ""
            : " -Dbench.include='^" + anyOf(List.of(suites)) + "/'");
  }

  private static boolean isMeasuredForItself(Role role) {
    return switch (role) {
      case WORKLOAD, FIGURE, EXHIBIT -> true;
      case RULER, CEILING, CONTROL -> false;
    };
  }

  private static String anyOf(List<String> suites) {
    return suites.size() == 1 ? suites.getFirst() : "(" + String.join("|", suites) + ")";
  }

  /// `96.9 %`, or nothing for a point.
  public static String level(Estimate estimate) {
    return estimate instanceof Interval interval ? Wording.percent(interval.level()) : "";
  }

  /// A workload's id as part of a file's name: `counting-tasks-2`.
  static String fileName(Workload workload) {
    return fileName(workload.id());
  }

  /// Suites and parameters are named in a run's files: what is neither letter nor digit goes.
  private static String fileName(String text) {
    return text.replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
  }

  /// What rows show, as a sentence for each group.
  static String spoken(List<Rows.Group> groups) {
    return groups.stream()
        .map(group ->
            group.title()
                + ": "
                + group.rows().stream()
                    .map(row -> row.label().toLowerCase(Locale.ROOT) + " " + row.text())
                    .collect(Collectors.joining(", "))
                + ".")
        .collect(Collectors.joining(" "));
  }
}
