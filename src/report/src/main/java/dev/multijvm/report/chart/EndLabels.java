package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;

/// The names of lines to the right of them, pushed apart where lines end close to each other, each
/// tied to its end by a hair.
final class EndLabels {
  private static final double BETWEEN = 18;
  private static final double MARKER = 4.5;
  private static final double GAP = 12;
  private static final Font LABEL = Fonts.regular(13);

  private EndLabels() {}

  /// Where a line ends, in pixels.
  record End(String label, Style style, double x, double y) {}

  /// The room that `labels` take, in pixels.
  static double width(List<String> labels) {
    double widest = labels.stream().mapToDouble(label -> Fonts.width(LABEL, label)).max().orElse(0);
    return GAP + 2 * MARKER + 8 + widest;
  }

  /// @param area of the lines; the labels stand to its right
  static void draw(Graphics2D graphics, List<End> ends, Rectangle2D area, Palette palette) {
    List<End> ordered = ends.stream().sorted(Comparator.comparingDouble(End::y)).toList();
    double[] places =
        apart(
            ordered.stream().mapToDouble(End::y).toArray(),
            area.getMinY() + MARKER,
            area.getMaxY() - MARKER);
    for (int i = 0; i < places.length; i++) {
      End end = ordered.get(i);
      double x = area.getMaxX() + GAP;
      graphics.setPaint(palette.color(Ink.GRID));
      graphics.setStroke(new BasicStroke(1));
      graphics.draw(new Line2D.Double(end.x + MARKER + 3, end.y, x - 3, places[i]));
      graphics.setPaint(palette.color(end.style.ink()));
      graphics.fill(
          AffineTransform.getTranslateInstance(x + MARKER, places[i])
              .createTransformedShape(end.style.marker(MARKER)));
      graphics.setPaint(palette.color(Ink.TEXT));
      Fonts.draw(graphics, LABEL, end.label, x + 2 * MARKER + 6, places[i] + 4.5, 0);
    }
  }

  /// Moves ascending `places` so far apart that labels do not touch, and keeps them between the
  /// limits.
  static double[] apart(double[] places, double least, double greatest) {
    double[] moved = places.clone();
    for (int i = 1; i < moved.length; i++) {
      moved[i] = Math.max(moved[i], moved[i - 1] + BETWEEN);
    }
    double limit = greatest;
    for (int i = moved.length - 1; i >= 0; i--) {
      moved[i] = Math.max(least, Math.min(moved[i], limit));
      limit = moved[i] - BETWEEN;
    }
    return moved;
  }
}
