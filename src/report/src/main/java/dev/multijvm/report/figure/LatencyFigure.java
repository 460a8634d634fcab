package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How long in the worst cases? Percentiles of single operations, where a suite timed each of them,
/// and for each suite that timed the many of an operation, of those.
final class LatencyFigure {
  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9");

  private LatencyFigure() {}

  /// Whether a variant's operations were timed one by one.
  static boolean isAbout(Cell cell) {
    return hasPercentiles(cell) && PartsFigure.items(cell) == 1;
  }

  private static boolean hasPercentiles(Cell cell) {
    return cell.reading("p50").isPresent();
  }

  /// None where no suite has told percentiles.
  static List<Figure> all(Context context) {
    Map<String, List<Cell>> kinds =
        context.findings().cells().stream()
            .filter(cell -> hasPercentiles(cell) && !RecoveryFigure.isAbout(cell))
            .collect(
                Collectors.groupingBy(
                    cell -> isAbout(cell) ? "" : cell.variant().suite(),
                    TreeMap::new,
                    Collectors.toList()));
    return kinds.entrySet().stream()
        .map(kind -> figure(context, kind.getKey(), kind.getValue()))
        .toList();
  }

  /// @param suite whose operations have many parts; empty where operations were timed
  private static Figure figure(Context context, String suite, List<Cell> cells) {
    Works works = Works.of(cells);
    Scale scale =
        Scale.of(cells.stream().mapToDouble(c -> c.reading("p50").orElseThrow()).toArray());
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    works
        .byTitle()
        .forEach((title, all) -> {
          List<Rows.Row> rows = new ArrayList<>();
          for (Cell cell : all) {
            rows.add(row(works.label(cell), cell, scale));
            List<String> line = new ArrayList<>(List.of(title, works.label(cell)));
            for (String percentile : PERCENTILES) {
              OptionalDouble value = cell.reading(percentile);
              line.add(value.isPresent() ? Wording.number(scale.convert(value.getAsDouble())) : "");
            }
            table.add(line);
          }
          groups.add(new Rows.Group(title, rows));
        });
    Chart chart =
        context.ofMedians(
            suite.isEmpty() ? "latency" : "latency-" + suite,
            suite.isEmpty()
                ? "How long in the worst cases?"
                : Wording.capitalized(suite.replace('-', ' ')) + ": how long in the worst cases?",
            (suite.isEmpty() ? "Each operation timed alone" : "Each of many in an operation timed")
                + ", on a logarithmic axis. Filled: half of them are faster. Upright lines: 90 %"
                + " and 99 % are. Outlined: 99.9 % are, where there were samples enough. The figures are these, but for 90 %; medians over rounds.",
            new Rows(
                Axis.logarithmic(
                    scale.unit() + (suite.isEmpty() ? " for one operation" : " for one"),
                    Rows.extent(groups)),
                Rows.Mark.SPANS,
                groups),
            "Lower is better",
            Context.spoken(groups));
    List<String> columns = new ArrayList<>(List.of("Work", "Mode"));
    PERCENTILES.forEach(percentile -> columns.add(percentile + ", " + scale.unit()));
    return new Figure(
        chart,
        new Table(columns, 2, table).withoutEmptyColumns(),
        context.command(
            cells.stream().map(cell -> cell.variant().suite()).distinct().toArray(String[]::new)));
  }

  private static Rows.Row row(String label, Cell cell, Scale scale) {
    List<Rows.Dot> dots = new ArrayList<>();
    List<Rows.Tick> ticks = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String percentile : PERCENTILES) {
      OptionalDouble known = cell.reading(percentile);
      if (known.isPresent()) {
        double value = scale.convert(known.getAsDouble());
        switch (percentile) {
          case "p50" -> dots.add(new Rows.Dot(value, value, value, true));
          case "p99.9" -> dots.add(new Rows.Dot(value, value, value, false));
          default -> ticks.add(new Rows.Tick(value, true));
        }
        if (!percentile.equals("p90")) {
          words.add(Wording.millis(known.getAsDouble()));
        }
      }
    }
    return new Rows.Row(label, Context.style(cell.mode()), dots, String.join(" · ", words), ticks);
  }
}
