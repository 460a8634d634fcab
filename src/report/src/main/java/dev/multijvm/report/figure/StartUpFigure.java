package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Temperature;
import dev.multijvm.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What does it cost to start? One operation from nothing against one in a pool that is already
/// running.
final class StartUpFigure {
  private StartUpFigure() {}

  private record Both(Workload workload, Cell cold, Cell warm, Estimate excess) {}

  /// Empty where nothing was measured both ways.
  static Optional<Figure> of(Context context) {
    List<Both> all = new ArrayList<>();
    for (Workload workload : context.findings().workloads()) {
      for (Mode mode : workload.modes()) {
        both(workload, mode).ifPresent(all::add);
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(figure(context, all));
  }

  private static Optional<Both> both(Workload workload, Mode mode) {
    Optional<Cell> cold = workload.cell(mode, Temperature.COLD);
    Optional<Cell> warm = workload.cell(mode, Temperature.WARM);
    return Answer.startUp(workload, mode)
        .map(excess -> new Both(workload, cold.orElseThrow(), warm.orElseThrow(), excess));
  }

  private static Figure figure(Context context, List<Both> all) {
    Scale scale = Scale.of(all.stream().mapToDouble(b -> b.cold.millis().estimate()).toArray());
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    List<String> spoken = new ArrayList<>();
    for (Workload workload : all.stream().map(Both::workload).distinct().toList()) {
      List<Rows.Row> rows = new ArrayList<>();
      for (Both both : all) {
        if (both.workload.equals(workload)) {
          rows.add(row(both, scale));
          table.add(line(both, scale));
          spoken.add(
              workload.heading()
                  + ", "
                  + both.cold.mode().label()
                  + ": "
                  + Wording.millis(both.excess.estimate())
                  + ".");
        }
      }
      groups.add(new Rows.Group(workload.heading(), rows));
    }
    Chart chart =
        context.ofEstimates(
            "start-up",
            "What does it cost to start?",
            "Time for one operation: filled in a pool that is already running, outlined from nothing, so with classes to"
                + " load and compile, and processes to start. The figure is the difference.",
            new Rows(
                Axis.fromZero(scale.unit() + " for one operation", Rows.extent(groups)),
                Rows.Mark.SPANS,
                groups),
            "Lower is better",
            "Starting costs: " + String.join(" ", spoken));
    Table numbers =
        new Table(
                List.of(
                    "Workload",
                    "Mode",
                    "Warm, " + scale.unit(),
                    "Cold, " + scale.unit(),
                    "Difference, " + scale.unit(),
                    "Interval",
                    "Level"),
                2,
                table)
            .withoutEmptyColumns();
    return new Figure(
        chart, numbers, context.command(all.stream().map(Both::workload).distinct().toList()));
  }

  private static Rows.Row row(Both both, Scale scale) {
    return new Rows.Row(
        both.cold.mode().label(),
        Context.style(both.cold.mode()),
        List.of(
            Rows.Dot.of(both.warm.millis().map(scale::convert), true),
            Rows.Dot.of(both.cold.millis().map(scale::convert), false)),
        sign(both.excess) + Wording.estimate(both.excess.map(scale::convert), scale.unit()));
  }

  private static List<String> line(Both both, Scale scale) {
    Estimate excess = both.excess.map(scale::convert);
    return List.of(
        both.workload.heading(),
        both.cold.mode().label(),
        Wording.number(scale.convert(both.warm.millis().estimate())),
        Wording.number(scale.convert(both.cold.millis().estimate())),
        Wording.number(excess.estimate()),
        Wording.limits(excess),
        Context.level(excess));
  }

  private static String sign(Estimate difference) {
    return difference.estimate() > 0 ? "+" : "";
  }
}
