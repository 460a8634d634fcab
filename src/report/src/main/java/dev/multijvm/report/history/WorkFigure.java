package dev.multijvm.report.history;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Lines;
import dev.multijvm.report.chart.Trend;
import dev.multijvm.report.figure.Context;
import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// What became of one piece of work: a line for each mode, over the runs of one machine.
final class WorkFigure {
  private static final double SECONDS_OF_A_DAY = 86_400;

  private WorkFigure() {}

  /// @param prefix of the figure's name, different for each machine
  static Figure of(String prefix, Work work) {
    List<Trend.Series> series = new ArrayList<>();
    double unit =
        PastRun.Line.unit(
            work.modes().values().stream()
                .flatMap(List::stream)
                .mapToDouble(seen -> seen.line().toRuler())
                .max()
                .orElse(1));
    work.modes()
        .forEach((mode, seen) ->
            series.add(
                new Trend.Series(
                    label(mode), Context.style(mode), pieces(seen, work.marks(), unit))));
    List<Lines.Point> points =
        series.stream().flatMap(s -> s.pieces().stream()).flatMap(List::stream).toList();
    List<PastRun.Head> runs =
        work.modes().values().stream()
            .flatMap(List::stream)
            .map(Work.Seen::run)
            .distinct()
            .sorted(Comparator.comparing(PastRun.Head::started))
            .toList();
    Chart chart =
        new Chart(
            prefix + "-" + work.id().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT),
            work.title(),
            "Time by the frozen ruler of the same run." + caption(work.marks()),
            new Trend(
                Axis.calendar("", points.stream().mapToDouble(Lines.Point::x).toArray()),
                Axis.logarithmic(
                    unit < 1 ? "millionths of the ruler" : "times the ruler",
                    points.stream()
                        .flatMapToDouble(p -> DoubleStream.of(p.low(), p.high()))
                        .toArray()),
                series,
                marks(work.marks())),
            List.of(
                "Lower is better · "
                    + Wording.count(runs.size(), "run")
                    + " · "
                    + runs.getLast().machine()
                    + " · multijvm"),
            spoken(work));
    return new Figure(chart, table(work, runs), "scripts/report history");
  }

  /// `One thread: 1.41 of the ruler, +0.3 % on the median of 12 runs before.` and so on.
  static String spoken(Work work) {
    return work.modes().entrySet().stream()
        .map(entry ->
            label(entry.getKey())
                + ": "
                + entry.getValue().getLast().line().ratio()
                + " of the ruler"
                + work.moves().stream()
                    .filter(move -> move.mode().equals(entry.getKey()))
                    .map(WorkFigure::change)
                    .collect(Collectors.joining())
                + ".")
        .collect(Collectors.joining(" "));
  }

  private static String change(Work.Move move) {
    return ", "
        + percent(move.change())
        + " on "
        + (move.earlier().size() == 1
            ? "the run before"
            : "the median of " + move.earlier().size() + " runs before");
  }

  /// `+1.2 %`.
  static String percent(double change) {
    double share = change - 1;
    return (share >= 0 ? "+" : "") + Wording.fixed(100 * share, 1) + " %";
  }

  static String label(Mode mode) {
    return mode.key().isEmpty() ? "All CPUs" : mode.label();
  }

  private static List<List<Lines.Point>> pieces(
      List<Work.Seen> seen, List<Work.Mark> marks, double unit) {
    List<List<Lines.Point>> pieces = new ArrayList<>(List.of(new ArrayList<>()));
    for (Work.Seen each : seen) {
      if (marks.stream().anyMatch(mark -> mark.breaksLine() && mark.run().equals(each.run()))) {
        pieces.add(new ArrayList<>());
      }
      PastRun.Line line = each.line();
      double low = line.low() == null ? line.toRuler() : line.low();
      double high = line.high() == null ? line.toRuler() : line.high();
      pieces
          .getLast()
          .add(
              new Lines.Point(
                  day(each.run().started()), line.toRuler() / unit, low / unit, high / unit));
    }
    return pieces;
  }

  private static List<Trend.Mark> marks(List<Work.Mark> marks) {
    List<Trend.Mark> drawn = new ArrayList<>();
    for (int i = 0; i < marks.size(); i++) {
      drawn.add(new Trend.Mark(day(marks.get(i).run().started()), letter(i)));
    }
    return drawn;
  }

  private static String caption(List<Work.Mark> marks) {
    StringBuilder caption = new StringBuilder();
    for (int i = 0; i < marks.size(); i++) {
      caption.append(' ').append(letter(i)).append(": ").append(marks.get(i).what()).append('.');
    }
    return caption.toString();
  }

  /// A to Z, then AA.
  private static String letter(int index) {
    return (index < 26 ? "" : letter(index / 26 - 1)) + (char) ('A' + index % 26);
  }

  private static double day(Instant time) {
    return time.getEpochSecond() / SECONDS_OF_A_DAY;
  }

  private static Table table(Work work, List<PastRun.Head> runs) {
    List<Mode> modes = List.copyOf(work.modes().keySet());
    List<String> columns = new ArrayList<>(List.of("Run", "Revision", "JDK"));
    modes.forEach(mode -> columns.add(label(mode)));
    List<List<String>> rows = new ArrayList<>();
    for (PastRun.Head run : runs.reversed()) {
      String revision = run.revision() == null ? "" : run.revision();
      List<String> row = new ArrayList<>();
      row.add(run.started().toString().replaceAll("T(\\d\\d:\\d\\d).*", " $1"));
      row.add(revision.substring(0, Math.min(7, revision.length())));
      row.add(run.jdk());
      for (Mode mode : modes) {
        row.add(
            work.modes().getOrDefault(mode, List.of()).stream()
                .filter(seen -> seen.run().equals(run))
                .map(seen -> seen.line().ratio())
                .findFirst()
                .orElse(""));
      }
      rows.add(row);
    }
    return new Table(columns, 3, rows);
  }
}
