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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How long does a workload take in each mode? Bars from zero, for one workload; positions on a
/// logarithmic axis where the shorter bars could not be seen. What a suite told besides is beside
/// the time, or in the table where it is much.
final class TimeFigure {
  private static final double WIDE = 100;

  private TimeFigure() {}

  /// The times at the workload's point; empty where there are none.
  static Optional<Figure> of(Context context, Workload workload, String alternative) {
    return of(context, workload, "", _ -> alternative);
  }

  /// The same of what nobody judges.
  static Optional<Figure> exhibit(Context context, Workload workload) {
    return of(
        context,
        workload,
        "Shown, not judged. ",
        rows -> Context.spoken(List.of(new Rows.Group(workload.title() + ", not judged", rows))));
  }

  private static Optional<Figure> of(
      Context context,
      Workload workload,
      String remark,
      Function<List<Rows.Row>, String> alternative) {
    List<Cell> cells =
        workload.modes().stream().flatMap(mode -> workload.cell(mode).stream()).toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    double[] times = cells.stream().mapToDouble(c -> c.millis().estimate()).toArray();
    double least = Arrays.stream(times).min().orElseThrow();
    double greatest = Arrays.stream(times).max().orElseThrow();
    boolean isWide = greatest > WIDE * least;
    List<String> tellings =
        cells.stream().flatMap(cell -> cell.tellings().stream()).distinct().sorted().toList();
    List<String> tabled = tellings.size() > 1 ? tellings : List.of();
    Scale scale = Scale.of(times);
    Scale drawn = isWide ? scale : Scale.of(greatest);
    List<Rows.Row> rows = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    for (Cell cell : cells) {
      Estimate millis = cell.millis();
      rows.add(
          new Rows.Row(
              cell.mode().label(),
              Context.style(cell.mode()),
              List.of(Rows.Dot.of(millis.map(drawn::convert), true)),
              Scale.words(millis) + (tabled.isEmpty() ? told(cell) : "")));
      List<String> line = new ArrayList<>(line(workload, cell, millis.map(scale::convert), scale));
      tabled.forEach(name -> line.add(told(cell, name)));
      table.add(line);
    }
    List<Rows.Group> groups = List.of(new Rows.Group("", rows));
    String across = drawn.unit() + " for one operation";
    Chart chart =
        context.ofEstimates(
            "time-" + Context.fileName(workload),
            workload.heading(),
            remark
                + "Time for one operation"
                + (workload.temperature() == Temperature.WARM
                    ? ", in a pool that is already running"
                    : ", from nothing")
                + (isWide ? ", on a logarithmic axis." : "."),
            new Rows(
                isWide
                    ? Axis.logarithmic(across, Rows.extent(groups))
                    : Axis.fromZero(across, Rows.extent(groups)),
                isWide ? Rows.Mark.DOTS : Rows.Mark.BARS,
                groups),
            "Lower is better",
            alternative.apply(rows));
    List<String> columns =
        new ArrayList<>(
            List.of(
                "Mode",
                "Time in " + scale.unit(),
                "Interval",
                "÷ one thread",
                "÷ thread pool",
                "CPU in " + scale.unit(),
                "Memory in MiB",
                "Rounds"));
    columns.addAll(tabled);
    return Optional.of(
        new Figure(
            chart,
            new Table(columns, 1, table).withoutEmptyColumns(),
            context.command(List.of(workload))));
  }

  private static List<String> line(Workload workload, Cell cell, Estimate time, Scale scale) {
    Mode mode = cell.mode();
    return List.of(
        mode.label(),
        Wording.number(time.estimate()),
        Wording.limits(time),
        ratio(workload, mode, Mode.SINGLE_THREAD),
        ratio(workload, mode, Mode.THREAD_POOL),
        cell.cpuMillis().isPresent()
            ? Wording.number(scale.convert(cell.cpuMillis().getAsDouble()))
            : "",
        cell.pssMiB().isPresent() ? Wording.number(cell.pssMiB().getAsDouble()) : "",
        Integer.toString(cell.rounds()));
  }

  /// ` · lost 8,120`: what the suite told besides.
  static String told(Cell cell) {
    return cell.tellings().stream()
        .map(name -> " · " + name + " " + Wording.number(cell.reading(name).orElseThrow()))
        .collect(Collectors.joining());
  }

  private static String told(Cell cell, String name) {
    OptionalDouble told = cell.reading(name);
    return told.isPresent() ? Wording.number(told.getAsDouble()) : "";
  }

  private static String ratio(Workload workload, Mode numerator, Mode denominator) {
    return numerator.equals(denominator)
        ? "1"
        : Answer.ratio(workload, numerator, denominator).map(Wording::ratio).orElse("");
  }
}
