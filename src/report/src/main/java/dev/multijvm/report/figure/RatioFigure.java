package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Outcome;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Temperature;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Threads or processes? The ratio of their times for every workload, as a forest of intervals.
final class RatioFigure {
  private RatioFigure() {}

  /// Empty where no workload was measured with both.
  static Optional<Figure> of(Context context) {
    List<Workload> workloads = context.findings().workloads();
    List<Rows.Group> groups = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    for (Workload workload : workloads) {
      List<Rows.Row> rows = new ArrayList<>();
      for (Temperature temperature : Temperature.values()) {
        for (int value : workload.values()) {
          ratio(workload, temperature, value)
              .ifPresent(paired -> {
                String label = label(workload, temperature, value);
                rows.add(row(label, temperature, paired.ratio()));
                table.add(line(workload.title(), label, paired));
              });
        }
      }
      if (!rows.isEmpty()) {
        groups.add(new Rows.Group(workload.title(), rows));
      }
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(figure(context, groups, table));
  }

  private static Figure figure(Context context, List<Rows.Group> groups, List<List<String>> table) {
    double[] shown = Rows.extent(groups, 0.9, 1.1);
    double indifference = Outcome.INDIFFERENCE;
    Rows.Guide guide =
        new Rows.Guide(1, 1 - indifference, 1 + indifference, "processes faster", "threads faster");
    Rows body =
        new Rows(
            Axis.logarithmic("process pool ÷ thread pool", shown),
            Rows.Mark.DOTS,
            groups,
            Optional.of(guide));
    Chart chart =
        context.ofEstimates(
            "ratios",
            "Threads or processes?",
            "Time of the process pool divided by time of the thread pool, paired by round. Filled: warm. Outlined:"
                + " cold, from nothing. Shaded: within 3 % nothing to choose.",
            body,
            "Lower is better for processes",
            context.findings().answers().stream()
                .map(answer -> answer.workload().heading() + ": " + answer.verdict())
                .collect(Collectors.joining(" ")));
    Table numbers =
        new Table(
            List.of("Workload", "", "Process ÷ thread pool", "Interval", "Level", "Rounds"),
            2,
            table);
    return new Figure(chart, numbers, context.command(context.findings().workloads()));
  }

  private static Optional<PairedRatio> ratio(
      Workload workload, Temperature temperature, int value) {
    Optional<Cell> processes = workload.cell(Mode.PROCESS_POOL, temperature, value);
    Optional<Cell> threads = workload.cell(Mode.THREAD_POOL, temperature, value);
    return processes.flatMap(p -> threads.flatMap(p::ratioTo));
  }

  private static Rows.Row row(String label, Temperature temperature, Estimate ratio) {
    return new Rows.Row(
        label,
        Context.style(Mode.PROCESS_POOL),
        List.of(Rows.Dot.of(ratio, temperature == Temperature.WARM)),
        Wording.ratio(ratio));
  }

  private static List<String> line(String title, String label, PairedRatio paired) {
    return List.of(
        title,
        label,
        Wording.ratio(paired.ratio().estimate()),
        Wording.ratioLimits(paired.ratio()),
        Context.level(paired.ratio()),
        Integer.toString(paired.pairs()));
  }

  private static String label(Workload workload, Temperature temperature, int value) {
    String state = temperature.toString();
    return workload.hasSweep() && (temperature == Temperature.WARM || workload.values().size() > 1)
        ? workload.words(value) + (temperature == Temperature.COLD ? ", cold" : "")
        : state;
  }
}
