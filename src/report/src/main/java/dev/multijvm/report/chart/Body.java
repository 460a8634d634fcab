package dev.multijvm.report.chart;

import java.awt.Graphics2D;

/// The part of a chart between its title and its footer.
public interface Body {
  /// Below this width a body puts labels above what they name instead of beside it.
  double NARROW = 560;

  /// How high it is when it is that wide, in pixels.
  double height(double width);

  /// Which of its values have intervals that whiskers can show.
  Intervals intervals();

  /// Draws itself with its upper left corner at the origin.
  void draw(Graphics2D graphics, double width, Palette palette);
}
