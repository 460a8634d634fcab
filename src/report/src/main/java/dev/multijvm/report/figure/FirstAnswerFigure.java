package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// Where does the time to the first answers of a new pool go? Stacked parts, by mode and start
/// method.
final class FirstAnswerFigure {
  private static final List<String> READINGS = List.of("jvm", "boot", "answer");
  private static final List<String> PARTS =
      List.of("process and JVM, up to main", "boot, until the task starts", "run and answer");

  private FirstAnswerFigure() {}

  /// Whether a variant is about the first answers of a new pool.
  static boolean isAbout(Cell cell) {
    return cell.variant().suite().equals("startup") && cell.variant().caseName().equals("first");
  }

  /// Empty where no such variant was measured.
  static Optional<Figure> of(Context context) {
    Map<String, List<Cell>> sizes =
        context.findings().cells().stream()
            .filter(cell -> isAbout(cell) && !cell.isEmpty())
            .sorted(Comparator.comparing(Cell::mode))
            .collect(
                Collectors.groupingBy(
                    FirstAnswerFigure::pool, LinkedHashMap::new, Collectors.toList()));
    return sizes.isEmpty() ? Optional.empty() : Optional.of(figure(context, sizes));
  }

  private static Figure figure(Context context, Map<String, List<Cell>> sizes) {
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    sizes.forEach((pool, cells) -> {
      groups.add(new Rows.Group(pool, cells.stream().map(FirstAnswerFigure::row).toList()));
      cells.forEach(cell -> table.add(line(pool, cell)));
    });
    Chart chart =
        context.ofEstimates(
            "first-answer",
            "Where does the time to a first answer go?",
            "From asking for a pool to the answers of as many tiny tasks as workers. Outlined marks: the whole time."
                + " Bars: the parts of its mean, by the worker that was last; warm spares were up before.",
            new Rows(
                Axis.fromZero("ms", Rows.extent(groups)),
                Rows.Mark.BARS,
                groups,
                Optional.empty(),
                PARTS),
            "Lower is better",
            "First answers: " + Context.spoken(groups));
    Table numbers =
        new Table(
                List.of(
                    "Pool",
                    "Workers",
                    "Time in ms",
                    "Interval",
                    "Up to main",
                    "Boot",
                    "Run and answer",
                    "Rounds"),
                2,
                table)
            .withoutEmptyColumns();
    return new Figure(chart, numbers, context.command("startup"));
  }

  private static Rows.Row row(Cell cell) {
    Estimate time = cell.millis();
    return new Rows.Row(
        label(cell),
        Context.style(cell.mode()),
        List.of(Rows.Dot.of(time, false)),
        Wording.millis(time.estimate()),
        List.of(),
        parts(cell));
  }

  private static List<String> line(String pool, Cell cell) {
    Estimate time = cell.millis();
    List<String> line = new ArrayList<>(List.of(pool, label(cell)));
    line.add(Wording.number(time.estimate()));
    line.add(Wording.limits(time));
    for (String name : READINGS) {
      OptionalDouble part = cell.reading(name);
      line.add(part.isPresent() ? Wording.number(part.getAsDouble()) : "");
    }
    line.add(Integer.toString(cell.rounds()));
    return line;
  }

  private static String pool(Cell cell) {
    return "Pool of " + cell.variant().parameters().getOrDefault("size", "1");
  }

  /// `Process pool, cached`; other modes know no start methods.
  private static String label(Cell cell) {
    String method = cell.variant().parameters().getOrDefault("method", "");
    return cell.mode().equals(Mode.PROCESS_POOL) && !method.isEmpty()
        ? cell.mode().label() + ", " + method
        : cell.mode().label();
  }

  /// Nothing where the suite did not tell all of them.
  private static List<Double> parts(Cell cell) {
    List<Double> parts = new ArrayList<>();
    READINGS.forEach(name -> cell.reading(name).ifPresent(parts::add));
    return parts.size() == READINGS.size() ? parts : List.of();
  }
}
