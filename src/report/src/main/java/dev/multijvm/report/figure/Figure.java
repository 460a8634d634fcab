package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Chart;

/// One question with its picture, its numbers and the way to ask it again.
///
/// @param chart the picture; its title is the question
/// @param table the numbers of the picture
/// @param command what measures and draws this again
public record Figure(Chart chart, Table table, String command) {
  public String name() {
    return chart.name();
  }
}
