package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Course;
import dev.multijvm.report.chart.Style;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.run.Slot;
import dev.multijvm.report.run.Status;
import dev.multijvm.statistics.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/// Did the machine hold still? Every slot in the order of the run, above what else the machine did.
final class CourseFigure {
  private static final double MINUTE = 60_000;
  private static final int WIDEST = 10;

  /// Where a strip may end: with a tick at its end.
  private static final List<Double> LIMITS = List.of(5.0, 10.0, 20.0, 50.0, 100.0);

  private CourseFigure() {}

  /// A slot of a measured variant.
  ///
  /// @param cell of its variant
  /// @param minutes after the first slot
  /// @param ratio to the median of the variant's valid slots
  private record Point(Slot slot, Cell cell, double minutes, double ratio) {
    Mode mode() {
      return cell.mode();
    }
  }

  /// Empty where there is no valid slot, or no time of day that can be read.
  static Optional<Figure> of(Context context) {
    List<Point> points = points(context);
    return points.isEmpty() ? Optional.empty() : Optional.of(figure(context, points));
  }

  private static List<Point> points(Context context) {
    List<Point> points = new ArrayList<>();
    try {
      Instant start = null;
      Map<String, Cell> cells = new TreeMap<>();
      context.findings().cells().forEach(cell -> cells.put(cell.variant().id(), cell));
      for (Slot slot : context.findings().run().slots()) {
        Instant at = Instant.parse(slot.started());
        start = start == null || at.isBefore(start) ? at : start;
      }
      for (Slot slot : context.findings().run().slots()) {
        Cell cell = cells.get(slot.variant());
        if (cell != null && !cell.isEmpty() && !slot.iterations().isEmpty() && start != null) {
          double median =
              Samples.of(cell.slots().values().stream().map(Slot::time).toList()).median();
          double minutes =
              Duration.between(start, Instant.parse(slot.started())).toMillis() / MINUTE;
          points.add(new Point(slot, cell, minutes, slot.time() / median));
        }
      }
    } catch (DateTimeParseException _) {
      return List.of();
    }
    return points;
  }

  private static Figure figure(Context context, List<Point> points) {
    double end = points.stream().mapToDouble(Point::minutes).max().orElse(0);
    double margin = Math.max(end * 0.015, 0.02);
    double[] ratios =
        DoubleStream.concat(DoubleStream.of(0.97, 1.03), points.stream().mapToDouble(Point::ratio))
            .toArray();
    List<Course.Series> series = new ArrayList<>();
    for (Mode mode : points.stream().map(Point::mode).distinct().sorted().toList()) {
      String label = mode.key().isEmpty() ? "Ruler" : mode.label();
      series.add(
          new Course.Series(label, Context.style(mode), true, spots(points, mode, Status.VALID)));
    }
    List<Course.Spot> rejected = spots(points, null, Status.REJECTED);
    if (!rejected.isEmpty()) {
      series.add(new Course.Series("Rejected", Style.MUTED_PENTAGON, false, rejected));
    }
    Chart chart =
        context.ofMedians(
            "course",
            "Did the machine hold still?",
            "Each slot's time divided by the median of its variant, in the order of the run. Below: what the machine did"
                + " besides. A slot is rejected for steal and foreign CPU"
                + context.findings().maxForeign().map(limit -> " above " + limit).orElse("")
                + " alone, never for its time.",
            new Course(
                Axis.even("minutes since the start", -margin, end + margin),
                Axis.logarithmic("slot ÷ median of its variant", ratios),
                series,
                strips(points)),
            "",
            spoken(points));
    return new Figure(chart, table(context), "scripts/report " + directory(context));
  }

  private static List<Course.Spot> spots(List<Point> points, @Nullable Mode mode, Status status) {
    return points.stream()
        .filter(p -> (mode == null || p.mode().equals(mode)) && p.slot.status() == status)
        .map(p -> new Course.Spot(p.minutes, p.ratio))
        .toList();
  }

  private static List<Course.Strip> strips(List<Point> points) {
    List<Course.Strip> strips = new ArrayList<>();
    strip(strips, points, "foreign CPU, %", Slot.Machine::foreignPercent);
    strip(strips, points, "steal, %", Slot.Machine::stealPercent);
    strip(strips, points, "waiting for a CPU (pressure), %", Slot.Machine::pressureSomePercent);
    return strips;
  }

  private static void strip(
      List<Course.Strip> strips,
      List<Point> points,
      String label,
      Function<Slot.Machine, @Nullable Double> value) {
    List<Course.Spot> spots = new ArrayList<>();
    for (Point point : points) {
      Slot.Machine machine = point.slot.machine();
      Double known = machine == null ? null : value.apply(machine);
      if (known != null) {
        spots.add(new Course.Spot(point.minutes, known));
      }
    }
    if (!spots.isEmpty()) {
      double greatest = spots.stream().mapToDouble(Course.Spot::y).max().orElse(0);
      double limit =
          LIMITS.stream().filter(l -> l >= greatest).findFirst().orElse(LIMITS.getLast());
      strips.add(new Course.Strip(label, limit, spots));
    }
  }

  /// How far the variants scatter: the widest, and what is left of the others.
  private static Table table(Context context) {
    List<Cell> cells =
        context.findings().cells().stream()
            .filter(cell -> !cell.isEmpty())
            .sorted(Comparator.comparingDouble(CourseFigure::spread).reversed())
            .toList();
    List<List<String>> rows = new ArrayList<>();
    cells.stream()
        .limit(WIDEST)
        .map(cell ->
            List.of(
                cell.variant().id(),
                Wording.percent(spread(cell)),
                Integer.toString(cell.rounds())))
        .forEach(rows::add);
    if (cells.size() > WIDEST) {
      rows.add(
          List.of(
              Wording.count(cells.size() - WIDEST, "other"),
              "at most " + Wording.percent(spread(cells.get(WIDEST))),
              ""));
    }
    return new Table(List.of("Variant", "Greatest ÷ least, less 1", "Rounds"), 1, rows);
  }

  private static double spread(Cell cell) {
    Samples samples = Samples.of(cell.times().values());
    return samples.max() / samples.min() - 1;
  }

  /// A variant's only valid slot is its median, and says nothing of how far slots are from it.
  private static String spoken(List<Point> points) {
    long rejected = points.stream().filter(p -> p.slot.status() == Status.REJECTED).count();
    double[] far =
        points.stream()
            .filter(p -> p.cell.rounds() > 1)
            .mapToDouble(p -> Math.abs(Math.log(p.ratio)))
            .toArray();
    return Wording.count(points.size(), "slot")
        + ", "
        + rejected
        + " rejected"
        + (far.length == 0
            ? "."
            : "; of variants with two valid slots or more, half are within "
                + Wording.percent(Math.exp(Samples.of(far).median()) - 1)
                + " of their variant's median, nine tenths within "
                + Wording.percent(Math.exp(Samples.of(far).quantile(0.9)) - 1)
                + ".");
  }

  private static String directory(Context context) {
    return "results/"
        + context.findings().run().directory().toAbsolutePath().normalize().getFileName();
  }
}
