package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.chart.Style;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
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
          Style.VERMILLION_SQUARE);

  /// The look of a mode, the same in every chart.
  public static Style style(Mode mode) {
    return mode.place() >= 0
        ? STYLES.get(mode.place())
        : mode.key().length() % 2 == 0 ? Style.ORANGE_HOURGLASS : Style.PURPLE_PENTAGON;
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
            + findings.rounds()
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
        .map(level -> "Whiskers: intervals of " + level + ", where wider than the mark.")
        .orElse("Points only: an interval needs 6 rounds.");
  }

  /// The command that measures these suites again.
  String command(List<Workload> workloads) {
    List<String> suites = workloads.stream().map(Workload::suite).distinct().toList();
    String effort = findings.run().plan().effort();
    return "mvn verify -Pbench"
        + (effort.equals("quick") || effort.equals("unknown") ? "" : " -Dbench.effort=" + effort)
        + (suites.size() == findings.workloads().stream().map(Workload::suite).distinct().count()
            ? ""
            : " -Dbench.include='^" + anyOf(suites) + "/'");
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

  /// `16 chunks`, `1 chunk`, `size 4`.
  public static String point(Workload workload, int value) {
    String sweep = workload.sweep();
    String noun = sweep.endsWith("s") ? sweep.substring(0, sweep.length() - 1) : sweep;
    return sweep.endsWith("s") ? Wording.count(value, noun) : sweep + " " + Wording.fixed(value, 0);
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
