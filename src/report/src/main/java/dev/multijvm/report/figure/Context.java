package dev.multijvm.report.figure;

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
import java.util.stream.Collectors;

/// What all figures of a run share: the small print, the styles of modes and the commands.
///
/// @param findings of the run
public record Context(Findings findings) {
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

  /// The look of a mode, the same in every chart. Python's modes have a colour of their own and the
  /// marks of what they are in Java.
  public static Style style(Mode mode) {
    return mode.place() >= 0 ? STYLES.get(mode.place()) : Style.ORANGE_HOURGLASS;
  }

  /// The footer of a chart.
  ///
  /// @param better which way is better, or empty where neither is
  List<String> footer(String better) {
    var run = findings.run();
    String machine =
        run.environment().cpuModel()
            + (run.environment().cpus().isPresent()
                ? ", " + Wording.count(run.environment().cpus().getAsInt(), "CPU")
                : "");
    String date = run.plan().started().replaceFirst("T.*", "");
    String start = better.isEmpty() ? "" : better + " · ";
    return List.of(
        start
            + rounds()
            + findings
                .level()
                .map(l -> " · intervals of " + l)
                .orElse(" · no intervals under 6 rounds"),
        machine
            + " · W = "
            + run.plan().workers()
            + " · JDK "
            + run.environment().jdk()
            + " · "
            + date
            + " · multijvm");
  }

  /// What the whiskers are: part of a subtitle.
  String whiskers() {
    return findings
        .level()
        .map(level ->
            "Whiskers: intervals of "
                + level
                + ", where wider than the mark"
                + (hasExtras() ? ", and where there are 6 rounds." : "."))
        .orElse("Points only: an interval needs 6 rounds.");
  }

  /// Such as `in 6 rounds`, or `in 2 to 6 rounds` where extras were measured in some only.
  private String rounds() {
    return hasExtras()
        ? "in " + fewestRounds() + " to " + Wording.count(findings.completeRounds(), "round")
        : findings.rounds();
  }

  /// Whether some were measured in half of the rounds at most, which is more than chance rejects.
  private boolean hasExtras() {
    int fewest = fewestRounds();
    return fewest > 0 && 2 * fewest <= findings.completeRounds();
  }

  private int fewestRounds() {
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
    return workload.id().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
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
