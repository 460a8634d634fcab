package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Ceiling;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// How much faster than one thread, out of what is ideal and what this machine attains?
final class SpeedUpFigure {
  /// Where nothing is faster than this, bars would be dots at zero: the work is in the table alone.
  private static final double LEAST = 0.5;

  private SpeedUpFigure() {}

  /// Empty where nothing was measured against one thread.
  static Optional<Figure> of(Context context) {
    List<Rows.Group> groups = new ArrayList<>();
    List<String> slow = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    for (Workload workload : context.findings().workloads()) {
      Map<Mode, Estimate> speedUps = speedUps(workload);
      List<Rows.Row> rows = new ArrayList<>();
      speedUps.forEach((mode, speedUp) -> {
        rows.add(row(context, workload, mode, speedUp));
        table.add(line(context, workload, mode, speedUp));
      });
      if (speedUps.values().stream().anyMatch(speedUp -> speedUp.estimate() >= LEAST)) {
        groups.add(new Rows.Group(workload.heading(), rows));
      } else if (!rows.isEmpty()) {
        slow.add(workload.heading());
      }
    }
    return groups.isEmpty() ? Optional.empty() : Optional.of(figure(context, groups, slow, table));
  }

  private static Map<Mode, Estimate> speedUps(Workload workload) {
    Map<Mode, Estimate> speedUps = new TreeMap<>();
    for (Mode mode : workload.modes()) {
      if (!mode.equals(Mode.SINGLE_THREAD)) {
        Answer.ratio(workload, mode, Mode.SINGLE_THREAD)
            .ifPresent(ratio -> speedUps.put(mode, ratio.reciprocal()));
      }
    }
    return speedUps;
  }

  private static Figure figure(
      Context context, List<Rows.Group> groups, List<String> slow, List<List<String>> table) {
    double[] shown = Rows.extent(groups, 100);
    String ceiling =
        context
            .findings()
            .ceiling()
            .map(c ->
                " Dashed: what "
                    + c.workers()
                    + " independent JVMs attain on this machine, "
                    + Wording.ratio(c.speedUp())
                    + ".")
            .orElse("");
    Chart chart =
        context.ofEstimates(
            "speed-up",
            "How much faster than one thread?",
            "Speed-up, warm, as a share of the ideal one: as many times as tasks can run at once."
                + ceiling
                + (slow.isEmpty()
                    ? ""
                    : " Not drawn, because one thread is twice as fast as any other mode: "
                        + String.join("; ", slow)
                        + "."),
            new Rows(Axis.fromZero("% of the ideal speed-up", shown), Rows.Mark.BARS, groups),
            "Higher is better",
            "Speed-up against one thread. " + Context.spoken(groups));
    Table numbers =
        new Table(
                List.of(
                    "Workload",
                    "Mode",
                    "Speed-up",
                    "Interval",
                    "Ideal",
                    "Efficiency",
                    "Ceiling",
                    "Level"),
                2,
                table)
            .withoutEmptyColumns();
    return new Figure(chart, numbers, context.command(context.findings().workloads()));
  }

  private static Rows.Row row(Context context, Workload workload, Mode mode, Estimate speedUp) {
    OptionalInt known = ideal(context, workload, mode);
    if (known.isEmpty()) {
      String text = Wording.ratio(speedUp) + " without a limit";
      return new Rows.Row(mode.label(), Context.style(mode), List.of(), text);
    }
    int ideal = known.getAsInt();
    List<Rows.Tick> ticks = new ArrayList<>();
    ticks.add(new Rows.Tick(100, true));
    ceiling(context, workload, ideal)
        .ifPresent(c -> ticks.add(new Rows.Tick(100 * c.speedUp().estimate() / ideal, false)));
    return new Rows.Row(
        mode.label(),
        Context.style(mode),
        List.of(Rows.Dot.of(speedUp.map(s -> 100 * s / ideal), true)),
        Wording.ratio(speedUp) + " of " + ideal,
        ticks);
  }

  private static List<String> line(
      Context context, Workload workload, Mode mode, Estimate speedUp) {
    OptionalInt ideal = ideal(context, workload, mode);
    return List.of(
        workload.heading(),
        mode.label(),
        Wording.ratio(speedUp.estimate()),
        Wording.ratioLimits(speedUp),
        ideal.isPresent() ? Integer.toString(ideal.getAsInt()) : "",
        ideal.isPresent() ? Wording.percent(speedUp.estimate() / ideal.getAsInt()) : "",
        ceiling(context, workload, ideal.orElse(0))
            .map(c -> Wording.ratio(c.speedUp().estimate()))
            .orElse(""),
        Context.level(speedUp));
  }

  /// How many tasks can run at once: CPUs limit those that compute, workers those that wait.
  /// Virtual threads that wait are as many as there are tasks; empty where nobody says how many.
  private static OptionalInt ideal(Context context, Workload workload, Mode mode) {
    if (workload.waits() && mode.equals(Mode.VIRTUAL_THREADS)) {
      return workload.tasks();
    }
    int workers = workload.workersAtPoint();
    int atOnce = Math.min(workload.tasks().orElse(workers), workers);
    OptionalInt cpus = context.findings().run().environment().cpus();
    boolean isLimited = cpus.isPresent() && !workload.waits();
    return OptionalInt.of(isLimited ? Math.min(atOnce, cpus.getAsInt()) : atOnce);
  }

  private static Optional<Ceiling> ceiling(Context context, Workload workload, int ideal) {
    return context.findings().ceiling().filter(c -> c.workers() == ideal && !workload.waits());
  }
}
