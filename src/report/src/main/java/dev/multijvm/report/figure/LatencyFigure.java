package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// How long in the worst cases? Percentiles of single operations, where a suite timed each of them.
final class LatencyFigure {
  private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9");

  private LatencyFigure() {}

  static boolean hasPercentiles(Cell cell) {
    return cell.reading("p50").isPresent();
  }

  /// Empty where no suite has told percentiles.
  static Optional<Figure> of(Context context) {
    Map<String, List<Cell>> works =
        context.findings().cells().stream()
            .filter(cell -> hasPercentiles(cell) && !RecoveryFigure.isAbout(cell))
            .sorted(Comparator.comparing(Cell::mode))
            .collect(
                Collectors.groupingBy(
                    cell -> Wording.pretty(cell.variant().title()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return works.isEmpty() ? Optional.empty() : Optional.of(figure(context, works));
  }

  private static Figure figure(Context context, Map<String, List<Cell>> works) {
    List<Cell> cells = works.values().stream().flatMap(List::stream).toList();
    Scale scale =
        Scale.of(cells.stream().mapToDouble(c -> c.reading("p50").orElseThrow()).toArray());
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    works.forEach((title, all) -> {
      List<Rows.Row> rows = new ArrayList<>();
      for (Cell cell : all) {
        rows.add(row(cell, scale));
        List<String> line = new ArrayList<>(List.of(title, cell.mode().label()));
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
            "latency",
            "How long in the worst cases?",
            "Each operation timed alone, on a logarithmic axis. Filled: half of them are faster. Upright lines: 90 %"
                + " and 99 % are. Outlined: 99.9 % are, where there were samples enough. The figures are these, but for 90 %; medians over rounds.",
            new Rows(
                Axis.logarithmic(scale.unit() + " for one operation", Rows.extent(groups)),
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

  private static Rows.Row row(Cell cell, Scale scale) {
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
    return new Rows.Row(
        cell.mode().label(), Context.style(cell.mode()), dots, String.join(" · ", words), ticks);
  }
}
