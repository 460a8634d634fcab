package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What can a part of the library do? The time for one item, and how many go in a second, for each
/// suite that shows such a part.
final class PartsFigure {
  private static final int LARGE = 4096;
  private static final double BYTES_PER_GIGABYTE = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private PartsFigure() {}

  /// One for each suite, in the order of the plan.
  static List<Figure> all(Context context) {
    Map<String, List<Cell>> suites =
        context.findings().cells().stream()
            .filter(cell -> cell.variant().role() == Role.FIGURE && !cell.isEmpty())
            .filter(cell -> !hasFigureOfItsOwn(cell))
            .collect(
                Collectors.groupingBy(
                    cell -> cell.variant().suite(), LinkedHashMap::new, Collectors.toList()));
    return suites.entrySet().stream()
        .map(suite -> figure(context, suite.getKey(), suite.getValue()))
        .toList();
  }

  private static boolean hasFigureOfItsOwn(Cell cell) {
    return LatencyFigure.isAbout(cell)
        || IdleFigure.isAbout(cell)
        || IdleCpuFigure.isAbout(cell)
        || FirstAnswerFigure.isAbout(cell)
        || RecoveryFigure.isAbout(cell);
  }

  private static Figure figure(Context context, String suite, List<Cell> cells) {
    Scale scale = Scale.of(cells.stream().mapToDouble(cell -> item(cell).estimate()).toArray());
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    Works works = Works.of(cells);
    for (Map.Entry<String, List<Cell>> work : works.byTitle().entrySet()) {
      List<Rows.Row> rows = new ArrayList<>();
      for (Cell cell : work.getValue()) {
        String label = works.label(cell);
        Estimate item = item(cell).map(scale::convert);
        String rate = rate(cell);
        rows.add(
            new Rows.Row(
                label,
                Context.style(cell.mode()),
                List.of(Rows.Dot.of(item, true)),
                Wording.millis(item(cell).estimate()) + " · " + rate + TimeFigure.told(cell)));
        table.add(
            List.of(
                work.getKey(),
                label,
                Wording.number(item.estimate()),
                Wording.limits(item),
                rate,
                Integer.toString(cell.rounds())));
      }
      groups.add(new Rows.Group(work.getKey(), rows));
    }
    Chart chart =
        context.ofEstimates(
            "part-" + suite,
            Wording.capitalized(suite.replace('-', ' ')) + ": what does one cost?",
            "Time for one of many in an operation, on a logarithmic axis, and how many go in a second.",
            new Rows(
                Axis.logarithmic(scale.unit() + " for one", Rows.extent(groups)),
                Rows.Mark.DOTS,
                groups),
            "Lower is better",
            Context.spoken(groups));
    Table numbers =
        new Table(
                List.of("Work", "Mode", "One, " + scale.unit(), "Interval", "Rate", "Rounds"),
                2,
                table)
            .withoutEmptyColumns();
    return new Figure(chart, numbers, context.command(suite));
  }

  /// Milliseconds for one item.
  private static Estimate item(Cell cell) {
    return cell.millis().map(millis -> millis / items(cell));
  }

  static int items(Cell cell) {
    Integer items = cell.variant().items();
    return items == null ? 1 : items;
  }

  /// Items in a second, or gigabytes where items are large.
  private static String rate(Cell cell) {
    double perSecond = MILLIS_PER_SECOND / item(cell).estimate();
    String bytes = cell.variant().parameters().getOrDefault("bytes", "0");
    boolean isLarge = bytes.matches("\\d{4,10}") && Long.parseLong(bytes) >= LARGE;
    return isLarge
        ? Wording.number(perSecond * Long.parseLong(bytes) / BYTES_PER_GIGABYTE) + " GB/s"
        : Wording.rate(perSecond);
  }
}
