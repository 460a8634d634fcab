package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/// What else does it cost? CPU time and memory of the whole process tree.
final class CostFigure {
  private CostFigure() {}

  /// A row of the chart and of the table.
  private record Entry(Rows.Row row, List<String> line) {}

  /// CPU time against one thread's, without a mark where it was too little for the clock; empty
  /// where it is not known.
  static Optional<Figure> cpu(Context context) {
    List<List<String>> table = new ArrayList<>();
    List<Rows.Group> groups = groups(context, CostFigure::cpuEntry, table);
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    double[] shown = Rows.extent(groups, 0.9, 1.1);
    Chart chart =
        context.ofEstimates(
            "cpu",
            "How much more CPU time?",
            "CPU time of all processes for one operation, divided by that of one thread, paired by round, warm."
                + " Beside it in milliseconds.",
            new Rows(
                Axis.logarithmic("times the CPU time of one thread", shown),
                Rows.Mark.DOTS,
                groups,
                Optional.of(new Rows.Guide(1, 1, 1, "less", "more CPU than one thread"))),
            "Lower is better",
            "CPU time against one thread. " + Context.spoken(groups));
    Table numbers =
        new Table(
                List.of("Workload", "Mode", "CPU in ms", "÷ one thread", "Interval", "Level"),
                2,
                table)
            .withoutEmptyColumns();
    return Optional.of(new Figure(chart, numbers, context.command(context.findings().workloads())));
  }

  /// Memory; empty where it is not known.
  static Optional<Figure> memory(Context context) {
    List<List<String>> table = new ArrayList<>();
    List<Rows.Group> groups = groups(context, CostFigure::memoryEntry, table);
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    Chart chart =
        context.ofMedians(
            "memory",
            "How much more memory?",
            "Memory of all processes together, warm. Bars: in use at the end, pages shared by several counted once"
                + " (PSS). Outlined marks: sum of each one's peak. Medians over rounds.",
            MemoryBars.body(groups),
            "Lower is better",
            "Memory in MiB. " + Context.spoken(groups));
    Table numbers =
        new Table(
                List.of(
                    "Workload",
                    "Mode",
                    "In use, MiB",
                    "Sum of peaks, MiB",
                    "A worker's own, MiB",
                    "It shares, MiB"),
                2,
                table)
            .withoutEmptyColumns();
    return Optional.of(new Figure(chart, numbers, context.command(context.findings().workloads())));
  }

  private static List<Rows.Group> groups(
      Context context,
      BiFunction<Workload, Cell, Optional<Entry>> entry,
      List<List<String>> table) {
    List<Rows.Group> groups = new ArrayList<>();
    for (Workload workload : context.findings().workloads()) {
      List<Rows.Row> rows = new ArrayList<>();
      for (Mode mode : workload.modes()) {
        workload
            .cell(mode)
            .flatMap(cell -> entry.apply(workload, cell))
            .ifPresent(found -> {
              rows.add(found.row);
              List<String> line = new ArrayList<>(List.of(workload.heading(), mode.label()));
              line.addAll(found.line);
              table.add(line);
            });
      }
      if (!rows.isEmpty()) {
        groups.add(new Rows.Group(workload.heading(), rows));
      }
    }
    return groups;
  }

  private static Optional<Entry> cpuEntry(Workload workload, Cell cell) {
    OptionalDouble millis = cell.cpuMillis();
    Optional<Cell> one =
        workload
            .cell(Mode.SINGLE_THREAD)
            .filter(other -> !other.equals(cell) && other.cpuMillis().isPresent());
    if (millis.isEmpty() || one.isEmpty()) {
      return Optional.empty();
    }
    Optional<Estimate> ratio = cell.cpuRatioTo(one.get()).map(PairedRatio::ratio);
    Rows.Row row =
        new Rows.Row(
            cell.mode().label(),
            Context.style(cell.mode()),
            ratio.stream().map(known -> Rows.Dot.of(known, true)).toList(),
            ratio.map(known -> Wording.ratio(known) + " · ").orElse("")
                + Wording.millis(millis.getAsDouble()));
    return Optional.of(
        new Entry(
            row,
            List.of(
                Wording.number(millis.getAsDouble()),
                ratio.map(known -> Wording.ratio(known.estimate())).orElse(""),
                ratio.map(Wording::ratioLimits).orElse(""),
                ratio.map(Context::level).orElse(""))));
  }

  private static Optional<Entry> memoryEntry(Workload workload, Cell cell) {
    OptionalDouble used = cell.pssMiB();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    String number = Wording.number(used.getAsDouble());
    String peak = cell.peakMiB().isPresent() ? Wording.number(cell.peakMiB().getAsDouble()) : "";
    List<String> line = new ArrayList<>(List.of(number, peak));
    line.addAll(MemoryBars.each(cell));
    return Optional.of(
        new Entry(
            MemoryBars.row(cell.mode().label(), Context.style(cell.mode()), cell, true), line));
  }
}
