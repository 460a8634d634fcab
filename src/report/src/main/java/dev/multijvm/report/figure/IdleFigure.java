package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What memory does an idle worker take? That of pools of several sizes, and by how much it grows
/// with each worker.
final class IdleFigure {
  private IdleFigure() {}

  /// Whether a variant is about the memory of an idle pool, so that its time says nothing.
  static boolean isAbout(Cell cell) {
    return cell.variant().suite().equals("idle")
        && cell.variant().caseName().equals("memory")
        && cell.variant().parameters().getOrDefault("size", "").matches("\\d{1,6}");
  }

  /// Empty where no such variant was measured.
  static Optional<Figure> of(Context context) {
    Map<Mode, List<Cell>> modes =
        context.findings().cells().stream()
            .filter(cell -> isAbout(cell) && cell.pssMiB().isPresent())
            .sorted(Comparator.comparingInt(IdleFigure::size))
            .collect(Collectors.groupingBy(Cell::mode, TreeMap::new, Collectors.toList()));
    return modes.isEmpty() ? Optional.empty() : Optional.of(figure(context, modes));
  }

  private static Figure figure(Context context, Map<Mode, List<Cell>> modes) {
    boolean isOneSize =
        modes.values().stream().flatMap(List::stream).map(IdleFigure::size).distinct().count() == 1;
    List<Rows.Group> byMode = new ArrayList<>();
    List<Rows.Row> all = new ArrayList<>();
    List<List<String>> table = new ArrayList<>();
    modes.forEach((mode, measured) -> {
      List<Cell> cells = mode.equals(Mode.SINGLE_THREAD) ? measured.subList(0, 1) : measured;
      String each = each(cells);
      List<Rows.Row> rows = new ArrayList<>();
      for (Cell cell : cells) {
        String size = pool(cell);
        String label = isOneSize ? mode.label() : size;
        rows.add(MemoryBars.row(label, Context.style(mode), cell, false));
        List<String> line =
            new ArrayList<>(
                List.of(mode.label(), size, Wording.number(cell.pssMiB().orElseThrow())));
        line.addAll(MemoryBars.each(cell));
        line.add(each);
        table.add(line);
      }
      String growth = each.isEmpty() ? "" : ": " + each + " MiB for each further worker";
      byMode.add(new Rows.Group(mode.label() + growth, rows));
      all.addAll(rows);
    });
    int size = size(modes.values().iterator().next().getFirst());
    List<Rows.Group> groups = isOneSize ? List.of(new Rows.Group("Pool of " + size, all)) : byMode;
    Chart chart =
        context.ofMedians(
            "idle-memory",
            "What memory does an idle worker take?",
            "Memory of all processes of a pool that does nothing, pages shared by several counted once (PSS)."
                + " Medians over rounds.",
            MemoryBars.body(groups),
            "Lower is better",
            Context.spoken(groups));
    Table numbers =
        new Table(
                List.of(
                    "Mode",
                    "Pool",
                    "In use, MiB",
                    "A worker's own, MiB",
                    "It shares, MiB",
                    "Each further worker, MiB"),
                2,
                table)
            .withoutEmptyColumns();
    return new Figure(chart, numbers, context.command("idle"));
  }

  /// From the smallest pool to the largest, for each worker between them; empty where there is one
  /// size.
  private static String each(List<Cell> cells) {
    Cell smallest = cells.getFirst();
    Cell largest = cells.getLast();
    int workers = size(largest) - size(smallest);
    return workers == 0
        ? ""
        : Wording.fixed(
            (largest.pssMiB().orElseThrow() - smallest.pssMiB().orElseThrow()) / workers, 1);
  }

  /// What the program without a pool takes is the same beside every size.
  private static String pool(Cell cell) {
    return cell.mode().equals(Mode.SINGLE_THREAD) ? "no pool" : Wording.count(size(cell), "worker");
  }

  private static int size(Cell cell) {
    return Integer.parseInt(cell.variant().parameters().getOrDefault("size", "0"));
  }
}
