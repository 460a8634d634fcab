package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Lines;
import dev.multijvm.report.chart.Lines.Place;
import dev.multijvm.report.chart.Lines.Rule;
import dev.multijvm.report.finding.Ceiling;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.report.run.Temperature;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What does each further worker gain? Speed-up and efficiency over the number of workers that do
/// the same work.
final class ScalingFigure {
  private final Context context;
  private final Workload work;
  private final int most;
  private final int cpus;
  private final List<Mode> modes;

  private ScalingFigure(Context context, Workload work) {
    this.context = context;
    this.work = work;
    this.most = work.values().last();
    this.cpus = context.findings().run().environment().cpus().orElse(most);
    this.modes =
        work.modes().stream()
            .filter(mode -> !mode.equals(Mode.SINGLE_THREAD) && !speedUps(mode).isEmpty())
            .toList();
  }

  /// Whether the work was done by several numbers of workers.
  static boolean isAbout(Workload work) {
    return work.sweep().equals("workers");
  }

  /// Both figures; none where it was not measured on one thread too.
  static List<Figure> all(Context context, Workload work) {
    ScalingFigure scaling = new ScalingFigure(context, work);
    return scaling.modes.isEmpty() ? List.of() : List.of(scaling.speedUp(), scaling.efficiency());
  }

  private NavigableMap<Integer, Estimate> speedUps(Mode mode) {
    NavigableMap<Integer, Estimate> speedUps = new TreeMap<>();
    Optional<Cell> one = work.cell(Mode.SINGLE_THREAD, Temperature.WARM, 1);
    for (int workers : work.values()) {
      work.cell(mode, Temperature.WARM, workers)
          .flatMap(cell -> one.flatMap(cell::ratioTo))
          .map(PairedRatio::ratio)
          .ifPresent(ratio -> speedUps.put(workers, ratio.reciprocal()));
    }
    return speedUps;
  }

  private Figure speedUp() {
    int bend = Math.min(cpus, most);
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("ideal", Place.ABOVE, true, line(1, 1, bend, bend, most, bend)));
    ceiling()
        .ifPresent(c -> {
          double attained = c.speedUp().estimate();
          rules.add(
              attainable("attainable: " + Wording.ratio(attained), c.workers(), most, attained));
        });
    return figure(
        "scaling-speed-up",
        "What does each further worker gain?",
        "Speed-up against one thread, for the same work, paired by round. ",
        "times as fast as one thread",
        modes.stream().map(mode -> series(mode, 1)).toList(),
        rules);
  }

  private Figure efficiency() {
    List<Lines.Point> ideal =
        work.values().stream()
            .map(workers -> new Lines.Point(workers, 100.0 * Math.min(workers, cpus) / workers))
            .toList();
    List<Rule> rules = new ArrayList<>();
    rules.add(new Rule("ideal", Place.BELOW, true, ideal));
    ceiling()
        .ifPresent(c -> {
          double attained = 100 * c.speedUp().estimate() / c.workers();
          rules.add(attainable(Wording.number(attained) + " %", 1, c.workers(), attained));
        });
    return figure(
        "scaling-efficiency",
        "How well is each worker used?",
        "Efficiency: speed-up against one thread, for the same work, divided by the number of workers. ",
        "% of each worker",
        modes.stream().map(mode -> series(mode, 100)).toList(),
        rules);
  }

  private Figure figure(
      String name,
      String title,
      String subject,
      String upright,
      List<Lines.Series> series,
      List<Rule> rules) {
    double top =
        1.12
            * Stream.concat(
                    series.stream().flatMap(line -> line.points().stream()),
                    rules.stream().flatMap(rule -> rule.points().stream()))
                .mapToDouble(Lines.Point::high)
                .reduce(0, Math::max);
    List<Rule> all = new ArrayList<>(rules);
    all.add(new Rule(Wording.count(cpus, "CPU"), Place.BESIDE, false, line(cpus, 0, cpus, top)));
    String said = said();
    Chart chart =
        new Chart(
            name,
            work.title() + ": " + title.toLowerCase(Locale.ROOT),
            subject
                + "Dashed: what independent JVMs attain on this machine, and its CPUs. "
                + context.whiskers(),
            new Lines(
                Axis.counting("workers", 1, most),
                Axis.even(upright, 0, top),
                series,
                Optional.empty(),
                all),
            context.footer("Higher is better"),
            said);
    return new Figure(chart, table(), context.command(List.of(work)));
  }

  /// @param whole what a speed-up of one worker by itself is on the axis
  private Lines.Series series(Mode mode, int whole) {
    List<Lines.Point> points = new ArrayList<>();
    speedUps(mode)
        .forEach((workers, speedUp) ->
            points.add(
                Lines.Point.of(
                    workers, whole == 1 ? speedUp : speedUp.map(s -> whole * s / workers))));
    return new Lines.Series(mode.label(), Context.style(mode), points);
  }

  private static Rule attainable(String label, double from, double to, double y) {
    return new Rule(label, Place.BELOW, false, line(from, y, to, y));
  }

  private static List<Lines.Point> line(double... coordinates) {
    List<Lines.Point> points = new ArrayList<>();
    for (int i = 0; i < coordinates.length; i += 2) {
      points.add(new Lines.Point(coordinates[i], coordinates[i + 1]));
    }
    return points;
  }

  private Optional<Ceiling> ceiling() {
    return context.findings().ceiling().filter(c -> c.workers() > 1 && c.workers() < most);
  }

  /// `On 2 workers threads are 1.95 [1.93, 1.97] times and processes 1.94 [1.92, 1.96] times as
  /// fast as one thread; this machine attains 1.97.`
  private String said() {
    int workers = work.values().floor(Math.max(cpus, work.values().first()));
    String each =
        modes.stream()
            .flatMap(mode ->
                Stream.ofNullable(speedUps(mode).get(workers))
                    .map(speedUp -> mode.noun() + " are " + Wording.ratio(speedUp) + " times"))
            .collect(Collectors.joining(" and "));
    return "On "
        + Wording.count(workers, "worker")
        + " "
        + each
        + " as fast as one thread"
        + ceiling()
            .filter(c -> c.workers() == workers)
            .map(c -> "; this machine attains " + Wording.ratio(c.speedUp()))
            .orElse("")
        + ".";
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Mode mode : modes) {
      speedUps(mode)
          .forEach((workers, speedUp) ->
              rows.add(
                  List.of(
                      mode.label(),
                      Integer.toString(workers),
                      Wording.ratio(speedUp.estimate()),
                      Wording.ratioLimits(speedUp),
                      Integer.toString(Math.min(workers, cpus)),
                      Wording.percent(speedUp.estimate() / workers),
                      Context.level(speedUp))));
    }
    return new Table(
            List.of("Mode", "Workers", "Speed-up", "Interval", "Ideal", "Efficiency", "Level"),
            1,
            rows)
        .withoutEmptyColumns();
  }
}
