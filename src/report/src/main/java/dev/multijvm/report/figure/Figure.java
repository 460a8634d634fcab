package dev.multijvm.report.figure;

import dev.multijvm.report.chart.Chart;
import dev.multijvm.report.chart.Picture;

/// One question with its picture, its numbers and the way to ask it again.
///
/// @param chart its title is the question
/// @param wide the chart for a desk
/// @param narrow the chart for a telephone
/// @param table the numbers of the chart
/// @param command what measures and draws this again
public record Figure(Chart chart, Picture wide, Picture narrow, Table table, String command) {
  /// With the chart drawn at both widths.
  public Figure(Chart chart, Table table, String command) {
    this(
        chart,
        new Picture(chart, Picture.WIDE),
        new Picture(chart, Picture.NARROW),
        table,
        command);
  }

  public String name() {
    return chart.name();
  }
}
