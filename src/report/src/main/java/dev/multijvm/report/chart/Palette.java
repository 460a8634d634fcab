package dev.multijvm.report.chart;

import java.awt.Color;

/// Gives each ink its colour while a chart is drawn.
@FunctionalInterface
public interface Palette {
  Color color(Ink ink);
}
