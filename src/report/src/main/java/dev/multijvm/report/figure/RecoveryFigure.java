package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What does the death of a worker cost? The time until its pool is whole, the tasks that are lost,
/// and how long the others wait.
final class RecoveryFigure {
  private static final List<Wait> WAITS =
      List.of(
          new Wait("p50", "Half wait at most"),
          new Wait("p99", "99 % wait at most"),
          new Wait("p99.9", "99.9 % wait at most"),
          new Wait("max", "The longest wait"));

  /// A reading, in milliseconds, and what it is.
  private record Wait(String reading, String label) {}

  private RecoveryFigure() {}

  /// Whether a variant is about the death of a worker.
  static boolean isAbout(Cell cell) {
    return cell.variant().suite().equals("recovery") && cell.reading("lost").isPresent();
  }

  /// Empty where it was not measured; there is no other mode than the process pool.
  static Optional<Figure> of(Context context) {
    return context.findings().cells().stream()
        .filter(RecoveryFigure::isAbout)
        .findFirst()
        .map(cell -> figure(context, cell));
  }

  private static Figure figure(Context context, Cell cell) {
    String lost = Wording.fixed(cell.reading("lost").orElseThrow(), 0);
    String whole = Wording.estimate(cell.millis(), "ms");
    List<Rows.Group> groups =
        List.of(
            new Rows.Group(
                "The pool",
                List.of(
                    new Rows.Row(
                        "Until it is whole",
                        Context.style(cell.mode()),
                        List.of(Rows.Dot.of(cell.millis(), true)),
                        whole))),
            new Rows.Group("The tasks meanwhile, lost: " + lost, waits(cell)));
    Chart chart =
        context.ofEstimates(
            "recovery",
            "What does the death of a worker cost?",
            "A task ends its JVM while a caller goes on asking for tiny tasks, one after the other. Filled: time until all"
                + " workers are there again. Outlined: how long the caller waits for an answer meanwhile, medians over rounds.",
            new Rows(Axis.logarithmic("ms", Rows.extent(groups)), Rows.Mark.DOTS, groups),
            "Lower is better",
            "After the death of a worker its pool is whole again in "
                + whole
                + "; tasks lost: "
                + lost
                + ". "
                + Context.spoken(groups.subList(1, 2)));
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Until the pool is whole", whole));
    table.add(List.of("Tasks lost", lost));
    groups.getLast().rows().forEach(row -> table.add(List.of(row.label(), row.text())));
    return new Figure(
        chart, new Table(List.of("What", "Cost"), 1, table), context.command("recovery"));
  }

  private static List<Rows.Row> waits(Cell cell) {
    List<Rows.Row> rows = new ArrayList<>();
    for (Wait wait : WAITS) {
      cell.reading(wait.reading)
          .ifPresent(millis ->
              rows.add(
                  new Rows.Row(
                      wait.label,
                      Context.style(cell.mode()),
                      List.of(new Rows.Dot(millis, millis, millis, false)),
                      Wording.millis(millis))));
    }
    return rows;
  }
}
