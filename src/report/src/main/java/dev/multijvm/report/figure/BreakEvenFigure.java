package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Lines;
import dev.multijvm.report.chart.Style;
import dev.multijvm.report.finding.BreakEven;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Scale;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.finding.Workload;
import dev.multijvm.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// From which task size on do threads and processes pay? Ratios of times over the size of a task,
/// or over what travels with it, and where they fall through 1.
final class BreakEvenFigure {
  private BreakEvenFigure() {}

  /// One mode against another.
  private record Pair(
      Mode numerator, Mode denominator, String label, String subject, Style style) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(
              Mode.PROCESS_POOL,
              Mode.SINGLE_THREAD,
              "Processes ÷ one",
              "processes as fast as one thread",
              Style.VERMILLION_SQUARE),
          new Pair(
              Mode.THREAD_POOL,
              Mode.SINGLE_THREAD,
              "Threads ÷ one",
              "threads as fast as one thread",
              Style.BLUE_DIAMOND),
          new Pair(
              Mode.PROCESS_POOL,
              Mode.THREAD_POOL,
              "Processes ÷ threads",
              "processes as fast as threads",
              Style.ORANGE_HOURGLASS));

  private record Found(Pair pair, BreakEven breakEven) {}

  /// Empty where fewer than two sizes were measured in two modes.
  static Optional<Figure> of(Context context, Workload workload) {
    List<Found> found = new ArrayList<>();
    for (Pair pair : workload.cutsWork() ? PAIRS : List.of(PAIRS.getLast())) {
      BreakEven.of(workload, pair.numerator, pair.denominator)
          .ifPresent(breakEven -> found.add(new Found(pair, breakEven)));
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(figure(context, workload, found));
  }

  private static Figure figure(Context context, Workload workload, List<Found> found) {
    double[] sizes =
        found.stream()
            .flatMap(f -> f.breakEven.curve().stream())
            .mapToDouble(BreakEven.Sized::size)
            .distinct()
            .toArray();
    Scale scale = workload.cutsWork() ? Scale.of(sizes) : Scale.MILLISECONDS;
    List<Lines.Series> series = found.stream().map(f -> series(f, scale)).toList();
    double[] ratios =
        DoubleStream.concat(
                DoubleStream.of(0.95, 1.05),
                series.stream()
                    .flatMap(line -> line.points().stream())
                    .flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())))
            .toArray();
    String said = found.stream().map(f -> sentence(workload, f)).collect(Collectors.joining(" "));
    Axis across =
        workload.cutsWork()
            ? Axis.logarithmic(
                scale.unit() + " for a task on one thread",
                DoubleStream.of(sizes).map(scale::convert).toArray())
            : Axis.logarithmicAt(
                workload.subject(),
                DoubleStream.of(sizes).mapToObj(size -> (int) size).toList(),
                workload::label);
    Chart chart =
        context.ofEstimates(
            "break-even-" + Context.fileName(workload),
            workload.title()
                + (workload.cutsWork()
                    ? ": from which task size does it pay?"
                    : ": do processes pay?"),
            said,
            new Lines(
                across,
                Axis.logarithmic("time ÷ time", ratios),
                series,
                Optional.of(new Lines.Level(1, crossings(found, across, scale)))),
            "Lower is better",
            said);
    return new Figure(chart, table(workload, found, scale), context.command(List.of(workload)));
  }

  private static Lines.Series series(Found found, Scale scale) {
    return new Lines.Series(
        found.pair.label,
        found.pair.style,
        found.breakEven.curve().stream()
            .map(sized -> Lines.Point.of(scale.convert(sized.size()), sized.ratio()))
            .toList());
  }

  private static List<Lines.Crossing> crossings(List<Found> found, Axis across, Scale scale) {
    List<Lines.Crossing> crossings = new ArrayList<>();
    for (Found each : found) {
      BreakEven at = each.breakEven;
      if (at.size().isPresent()) {
        crossings.add(
            new Lines.Crossing(
                each.pair.style,
                at.low().isPresent() ? scale.convert(at.low().getAsDouble()) : across.low(),
                scale.convert(at.size().getAsDouble()),
                at.high().isPresent() ? scale.convert(at.high().getAsDouble()) : across.high()));
      }
    }
    return crossings;
  }

  /// `From tasks of 1.2 ms [0.9, 1.6] on are processes as fast as one thread.`
  private static String sentence(Workload workload, Found found) {
    BreakEven at = found.breakEven;
    if (!workload.cutsWork()) {
      return "Processes take "
          + share(at.curve().getFirst(), workload)
          + ", and "
          + share(at.curve().getLast(), workload)
          + (workload.sweep().equals("bytes") && at.size().isPresent()
              ? "; up to " + at.bytes() + " they are as fast."
              : ".");
    }
    String subject = found.pair.subject;
    if (at.size().isPresent()) {
      return "From tasks of "
          + at.millis()
          + " on, "
          + subject.replaceFirst(" as ", " are as ")
          + ".";
    }
    String[] words = subject.split(" as fast as ", -1);
    String subjectAndVerb = Wording.capitalized(words[0]);
    if (at.isAlways()) {
      return subjectAndVerb + " are faster than " + words[1] + " at every size measured.";
    }
    if (at.isNever()) {
      return subjectAndVerb + " are as fast as " + words[1] + " at no size measured.";
    }
    BreakEven.Sized largest = at.curve().getLast();
    return largest.ratio() instanceof Interval && !largest.isDecided()
        ? "At the largest tasks, " + words[0] + " and " + words[1] + " are too close to call."
        : "At the largest tasks, " + words[0] + " take " + share(largest, words[1]) + ".";
  }

  /// `1.33 [1.31, 1.36] of threads' time at 64 KiB`.
  private static String share(BreakEven.Sized sized, Workload workload) {
    return share(sized, "threads") + " at " + workload.words((int) sized.size());
  }

  /// `1.33 [1.31, 1.36] of threads' time`.
  private static String share(BreakEven.Sized sized, String whose) {
    return Wording.ratio(sized.ratio())
        + (sized.ratio().estimate() < 2 ? " of " : " times ")
        + whose
        + (whose.endsWith("s") ? "' time" : "'s time");
  }

  private static Table table(Workload workload, List<Found> found, Scale scale) {
    TreeSet<Double> sizes = new TreeSet<>();
    found.forEach(f -> f.breakEven.curve().forEach(sized -> sizes.add(sized.size())));
    List<String> columns =
        new ArrayList<>(
            List.of(
                workload.cutsWork()
                    ? "Task, " + scale.unit()
                    : Wording.capitalized(workload.subject())));
    found.forEach(f -> columns.add(f.pair.label));
    List<List<String>> rows = new ArrayList<>();
    for (double size : sizes) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  workload.cutsWork()
                      ? Wording.number(scale.convert(size))
                      : workload.label((int) size)));
      for (Found each : found) {
        row.add(
            each.breakEven.curve().stream()
                .filter(sized -> sized.size() == size)
                .map(sized -> Wording.ratio(sized.ratio()))
                .findFirst()
                .orElse(""));
      }
      rows.add(row);
    }
    return new Table(columns, 1, rows);
  }
}
