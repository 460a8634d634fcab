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
import java.util.List;
import java.util.Optional;

/// What CPU does an idle pool take? What its tree uses in a second of rest, less what the same
/// program uses without a pool.
final class IdleCpuFigure {
  private static final String READING = "idleCpuMicros";

  /// A core has a million microseconds in a second.
  private static final double MICROS_PER_PERCENT = 10_000;

  private IdleCpuFigure() {}

  /// Whether a variant is about the CPU time of an idle pool, so that its time says nothing.
  static boolean isAbout(Cell cell) {
    return cell.variant().suite().equals("idle") && cell.variant().caseName().equals("cpu");
  }

  /// Empty where no pool was measured, or no program without one.
  static Optional<Figure> of(Context context) {
    List<Cell> cells =
        context.findings().cells().stream()
            .filter(cell -> isAbout(cell) && cell.reading(READING).isPresent())
            .sorted(Comparator.comparing(Cell::mode))
            .toList();
    return cells.stream()
        .filter(cell -> cell.mode().equals(Mode.SINGLE_THREAD))
        .findFirst()
        .flatMap(control -> figure(context, cells, control));
  }

  private static Optional<Figure> figure(Context context, List<Cell> cells, Cell control) {
    List<Rows.Row> rows = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    for (Cell cell : cells) {
      percent(cell, control)
          .ifPresent(percent -> {
            rows.add(row(cell, percent));
            table.add(line(cell, percent));
          });
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Rows.Group> groups =
        List.of(
            new Rows.Group(
                "Pool of " + control.variant().parameters().getOrDefault("size", "some"), rows));
    Chart chart =
        context.ofEstimates(
            "idle-cpu",
            "What CPU does an idle pool take?",
            "CPU time of all processes of a pool that does nothing, in per cent of one core, less what the program takes"
                + " without a pool ("
                + Wording.number(control.reading(READING).orElseThrow())
                + " µs in a second), paired by round.",
            new Rows(Axis.aroundZero("% of a core", Rows.extent(groups)), Rows.Mark.BARS, groups),
            "Lower is better",
            "CPU of an idle pool, in per cent of a core. " + Context.spoken(groups));
    Table numbers =
        new Table(
                List.of("Mode", "% of a core", "Interval", "µs a second, in all", "Rounds"),
                1,
                table)
            .withoutEmptyColumns();
    return Optional.of(new Figure(chart, numbers, context.command("idle")));
  }

  private static Optional<Estimate> percent(Cell cell, Cell control) {
    return cell.equals(control)
        ? Optional.empty()
        : cell.excessOver(control, READING)
            .map(micros -> micros.map(value -> value / MICROS_PER_PERCENT));
  }

  private static Rows.Row row(Cell cell, Estimate percent) {
    return new Rows.Row(
        cell.mode().label(),
        Context.style(cell.mode()),
        List.of(Rows.Dot.of(percent, true)),
        Wording.estimate(percent, "%"));
  }

  private static List<String> line(Cell cell, Estimate percent) {
    return List.of(
        cell.mode().label(),
        Wording.number(percent.estimate()),
        Wording.limits(percent),
        Wording.number(cell.reading(READING).orElseThrow()),
        Integer.toString(cell.rounds()));
  }
}
