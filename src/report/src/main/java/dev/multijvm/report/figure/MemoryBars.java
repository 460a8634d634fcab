package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Axis;
import dev.multijvm.report.chart.Rows;
import dev.multijvm.report.chart.Style;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Memory;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Memory as bars from zero: stacked by whose it is, where that is known, or else its sum alone.
final class MemoryBars {
  /// What the parts of a bar are, and how they are read.
  static final List<String> PARTS =
      List.of("the program's own", "its workers' own", "shared by several, counted once");

  private MemoryBars() {}

  /// @param cell that knows its memory
  static Rows.Row row(String label, Style style, Cell cell, boolean withPeak) {
    double used = cell.pssMiB().orElseThrow();
    Optional<Memory> whose = cell.memory();
    List<Rows.Dot> dots = new ArrayList<>();
    if (whose.isEmpty()) {
      dots.add(dot(used, true));
    }
    if (withPeak) {
      cell.peakMiB().ifPresent(peak -> dots.add(dot(peak, false)));
    }
    return new Rows.Row(
        label,
        style,
        dots,
        Wording.number(used) + " MiB",
        List.of(),
        whose.map(Memory::parts).orElse(List.of()));
  }

  static Rows body(List<Rows.Group> groups) {
    boolean isStacked =
        groups.stream()
            .flatMap(group -> group.rows().stream())
            .anyMatch(row -> !row.parts().isEmpty());
    return new Rows(
        Axis.fromZero("MiB", Rows.extent(groups)),
        Rows.Mark.BARS,
        groups,
        Optional.empty(),
        isStacked ? PARTS : List.of());
  }

  /// What one worker has to itself, and what it maps beside others, for a table; empty texts where
  /// that is not known.
  static List<String> each(Cell cell) {
    Optional<Memory> whose = cell.memory();
    return List.of(
        whose.isPresent() && whose.get().eachOwn().isPresent()
            ? Wording.number(whose.get().eachOwn().getAsDouble())
            : "",
        whose.isPresent() && whose.get().eachShared().isPresent()
            ? Wording.number(whose.get().eachShared().getAsDouble())
            : "");
  }

  private static Rows.Dot dot(double value, boolean isFilled) {
    return new Rows.Dot(value, value, value, isFilled);
  }
}
