package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Lines;
import dev.multijvm.report.chart.Lines.Rule;
import dev.multijvm.report.chart.Style;
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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
    return figure(
        "scaling-speed-up",
        "What does each further worker gain?",
        "Speed-up against one thread, for the same work, paired by round.",
        "times as fast as one thread",
        (workers, speedUp) -> speedUp);
  }

  private Figure efficiency() {
    return figure(
        "scaling-efficiency",
        "How well is each worker used?",
        "Efficiency: speed-up against one thread, for the same work, divided by the number of workers.",
        "% of each worker",
        (workers, speedUp) -> 100 * speedUp / workers);
  }

  /// What a speed-up on so many workers is on the upright axis.
  private interface Reading {
    double of(int workers, double speedUp);
  }

  private Figure figure(
      String name, String title, String subject, String upright, Reading reading) {
    List<Lines.Series> series = modes.stream().map(mode -> series(mode, reading)).toList();
    List<Rule> rules = rules(reading);
    double top =
        1.12
            * Stream.concat(
                    series.stream().flatMap(line -> line.points().stream()),
                    rules.stream().flatMap(rule -> rule.points().stream()))
                .mapToDouble(Lines.Point::high)
                .reduce(0, Math::max);
    String said = said();
    Chart chart =
        context.ofEstimates(
            name,
            work.title() + ": " + title.toLowerCase(Locale.ROOT),
            subject
                + ceiling()
                    .map(c ->
                        " Attainable: what "
                            + Wording.count(c.workers(), "independent JVM")
                            + " attain on this machine, "
                            + Wording.ratio(c.speedUp())
                            + " times one.")
                    .orElse(""),
            new Lines(
                Axis.counting("workers", 1, most),
                Axis.even(upright, 0, top),
                series,
                Optional.empty(),
                rules,
                Optional.of(new Lines.Bound(Wording.count(cpus, "CPU"), cpus))
                    .filter(bound -> cpus <= most)),
            "Higher is better",
            said);
    return new Figure(chart, table(), context.command(List.of(work)));
  }

  private Lines.Series series(Mode mode, Reading reading) {
    List<Lines.Point> points = new ArrayList<>();
    speedUps(mode)
        .forEach((workers, speedUp) ->
            points.add(Lines.Point.of(workers, speedUp.map(s -> reading.of(workers, s)))));
    return new Lines.Series(mode.label(), Context.style(mode), points);
  }

  /// What is ideal, one CPU for each worker while there are any, and what the machine attains.
  private List<Rule> rules(Reading reading) {
    List<Rule> rules = new ArrayList<>();
    rules.add(rule("ideal", Style.MUTED_LINE, reading, cpus, cpus));
    ceiling()
        .ifPresent(c ->
            rules.add(
                rule(
                    "attainable",
                    Style.MUTED_DASHES,
                    reading,
                    c.workers(),
                    c.speedUp().estimate())));
    return rules;
  }

  /// From 1 on one worker straight to the greatest speed-up, and no further.
  private Rule rule(String label, Style style, Reading reading, int enough, double greatest) {
    NavigableSet<Integer> shown = new TreeSet<>(work.values());
    shown.addAll(List.of(1, Math.min(enough, most)));
    List<Lines.Point> points = new ArrayList<>();
    for (int workers : shown) {
      double share = enough == 1 ? 1 : Math.min(1, (workers - 1.0) / (enough - 1));
      points.add(new Lines.Point(workers, reading.of(workers, 1 + share * (greatest - 1))));
    }
    return new Rule(label, style, points);
  }

  private Optional<Ceiling> ceiling() {
    return context.findings().ceiling().filter(c -> c.workers() > 1 && c.workers() <= most);
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
