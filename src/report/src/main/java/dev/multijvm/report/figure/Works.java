package dev.multijvm.report.figure;

import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Titles;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was measured of a suite, together where it is the same work.
///
/// @param byTitle by mode within each
/// @param means the parameter that tells by which means the same was done; empty where there is
///   none
record Works(Map<String, List<Cell>> byTitle, String means) {

  static Works of(List<Cell> cells) {
    String means = means(cells);
    return new Works(byTitle(cells, means), means);
  }

  /// `Process pool, pipe`. Start methods are known to the process pool alone.
  String label(Cell cell) {
    boolean isKnown = !means.equals("method") || cell.mode().equals(Mode.PROCESS_POOL);
    return means.isEmpty() || !isKnown
        ? cell.mode().label()
        : cell.mode().label() + ", " + cell.variant().parameters().get(means);
  }

  /// The parameter that tells by which means the same was done, where few modes share one, so that
  /// the means are to be compared with each other; empty where there is none.
  private static String means(List<Cell> cells) {
    return 2 * byTitle(cells, "").size() <= cells.size()
        ? ""
        : cells.stream()
            .flatMap(cell -> cell.variant().parameters().keySet().stream())
            .filter(name -> !name.equals("mode"))
            .filter(name ->
                cells.stream()
                    .map(cell -> cell.variant().parameters().getOrDefault(name, "0"))
                    .noneMatch(value -> value.matches("\\d+")))
            .findFirst()
            .orElse("");
  }

  private static Map<String, List<Cell>> byTitle(List<Cell> cells, String means) {
    Map<String, List<Cell>> works =
        cells.stream()
            .sorted(Comparator.comparing(Cell::mode))
            .collect(
                Collectors.groupingBy(
                    cell -> means.isEmpty() ? title(cells, cell) : work(cell, means),
                    LinkedHashMap::new,
                    Collectors.toList()));
    if (means.isEmpty()) {
      return works;
    }
    Map<String, List<Cell>> titled = new LinkedHashMap<>();
    works
        .values()
        .forEach(work ->
            titled.computeIfAbsent(Titles.common(work), _ -> new ArrayList<>()).addAll(work));
    return titled;
  }

  /// What is the same by whichever means.
  private static String work(Cell cell, String means) {
    Map<String, String> parameters = new TreeMap<>(cell.variant().parameters());
    parameters.keySet().removeAll(Set.of("mode", means));
    return cell.variant().caseName() + parameters;
  }

  /// The variant's title; its parameters besides, where another variant of the same mode has the
  /// same one.
  private static String title(List<Cell> cells, Cell cell) {
    String title = Wording.pretty(cell.variant().title());
    boolean isShared =
        cells.stream()
            .anyMatch(other ->
                !other.equals(cell)
                    && other.mode().equals(cell.mode())
                    && other.variant().title().equals(cell.variant().title()));
    String parameters =
        cell.variant().parameters().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals("mode"))
            .map(parameter -> parameter.getKey() + " " + parameter.getValue())
            .collect(Collectors.joining(", "));
    return isShared && !parameters.isEmpty() ? title + ", " + parameters : title;
  }
}
