package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Lines;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.DoubleStream;

/// Does it matter into how many pieces the work is cut? One line per mode, both axes logarithmic.
final class SweepFigure {
  private SweepFigure() {}

  /// Empty where nothing valid was measured.
  static Optional<Figure> of(Context context, Workload workload, String alternative) {
    List<Cell> cells =
        workload.cells().stream()
            .filter(c -> c.variant().temperature() == workload.temperature() && !c.isEmpty())
            .toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    Scale scale = Scale.of(cells.stream().mapToDouble(c -> c.millis().estimate()).toArray());
    List<Lines.Series> series =
        workload.modes().stream().map(mode -> series(workload, mode, scale)).toList();
    double[] y =
        series.stream()
            .flatMap(line -> line.points().stream())
            .flatMapToDouble(p -> DoubleStream.of(p.low(), p.high()))
            .toArray();
    String sweep = workload.subject();
    Chart chart =
        context.ofEstimates(
            workload.sweep() + "-" + Context.fileName(workload),
            workload.title() + ": does the " + sweep + " matter?",
            "Time for one operation over the " + sweep + ", both on logarithmic axes.",
            new Lines(
                Axis.logarithmicAt(sweep, shown(workload), workload::label),
                Axis.logarithmic(scale.unit() + " for one operation", y),
                series),
            "Lower is better",
            alternative);
    return Optional.of(
        new Figure(chart, table(workload, scale), context.command(List.of(workload))));
  }

  private static Lines.Series series(Workload workload, Mode mode, Scale scale) {
    List<Lines.Point> points = new ArrayList<>();
    for (int value : shown(workload)) {
      workload
          .cell(mode, workload.temperature(), value)
          .ifPresent(cell -> points.add(Lines.Point.of(value, cell.millis().map(scale::convert))));
    }
    return new Lines.Series(mode.label(), Context.style(mode), points);
  }

  /// Zero has no place on a logarithmic axis; it is in the table.
  private static SortedSet<Integer> shown(Workload workload) {
    return workload.values().tailSet(1, true);
  }

  private static Table table(Workload workload, Scale scale) {
    List<Mode> modes = workload.modes();
    List<String> columns = new ArrayList<>(List.of(Wording.capitalized(workload.subject())));
    modes.forEach(mode -> columns.add(mode.label() + ", " + scale.unit()));
    List<List<String>> rows = new ArrayList<>();
    for (int value : workload.values()) {
      List<String> row = new ArrayList<>(List.of(workload.label(value)));
      for (Mode mode : modes) {
        row.add(
            workload
                .cell(mode, workload.temperature(), value)
                .map(cell -> Wording.estimate(cell.millis().map(scale::convert)))
                .orElse(""));
      }
      rows.add(row);
    }
    return new Table(columns, 1, rows);
  }
}
