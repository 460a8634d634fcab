package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// How one series looks: an ink, a marker and a dash, so that colour is never the only difference.
///
/// @param unit the marker about the origin, about two wide and high
/// @param dash lengths of line and gap; empty for a solid line
public record Style(Ink ink, Shape unit, List<Float> dash) {
  public static final Style PLAIN_CIRCLE = of(Ink.PLAIN, circle());
  public static final Style BLUE_DIAMOND =
      of(Ink.BLUE, polygon(0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0), 7f, 3f);
  public static final Style SKY_TRIANGLE =
      of(Ink.SKY, polygon(0, -1.2, 1.2, 0.9, -1.2, 0.9), 2f, 3f);
  public static final Style GREEN_TRIANGLE =
      of(Ink.GREEN, polygon(0, 1.2, 1.2, -0.9, -1.2, -0.9), 9f, 3f, 2f, 3f);
  public static final Style VERMILLION_SQUARE =
      of(Ink.VERMILLION, polygon(-0.95, -0.95, 0.95, -0.95, 0.95, 0.95, -0.95, 0.95));
  public static final Style ORANGE_HOURGLASS =
      of(Ink.ORANGE, polygon(-1, -1, 1, -1, -1, 1, 1, 1), 12f, 4f);
  public static final Style PURPLE_CIRCLE = of(Ink.PURPLE, circle(), 4f, 4f);
  public static final Style PURPLE_DIAMOND =
      of(Ink.PURPLE, polygon(0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0), 7f, 3f);
  public static final Style PURPLE_SQUARE =
      of(Ink.PURPLE, polygon(-0.95, -0.95, 0.95, -0.95, 0.95, 0.95, -0.95, 0.95));
  public static final Style MUTED_PENTAGON =
      of(Ink.MUTED, polygon(0, -1.2, 1.15, -0.3, 0.7, 1, -0.7, 1, -1.15, -0.3), 4f, 4f);

  /// Of what is known without measuring; the marker is a piece of the line.
  public static final Style MUTED_LINE = of(Ink.MUTED, bar(-1.5, 1.5));

  /// The same, of the whole machine.
  public static final Style MUTED_DASHES =
      of(Ink.MUTED, joined(bar(-1.6, -0.3), bar(0.5, 1.8)), 5f, 4f);

  public Style {
    dash = List.copyOf(dash);
  }

  private static Style of(Ink ink, Shape unit, Float... dash) {
    return new Style(ink, unit, List.of(dash));
  }

  /// The marker about the origin.
  ///
  /// @param radius roughly, in pixels
  Shape marker(double radius) {
    return AffineTransform.getScaleInstance(radius, radius).createTransformedShape(unit);
  }

  Stroke line(float width) {
    if (dash.isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    float[] lengths = new float[dash.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = dash.get(i);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
  }

  private static Shape bar(double from, double to) {
    return new Rectangle2D.Double(from, -0.15, to - from, 0.3);
  }

  private static Shape joined(Shape one, Shape other) {
    Path2D path = new Path2D.Double(one);
    path.append(other, false);
    return path;
  }

  private static Shape circle() {
    return new Ellipse2D.Double(-1, -1, 2, 2);
  }

  private static Shape polygon(double... coordinates) {
    Path2D path = new Path2D.Double();
    path.moveTo(coordinates[0], coordinates[1]);
    for (int i = 2; i < coordinates.length; i += 2) {
      path.lineTo(coordinates[i], coordinates[i + 1]);
    }
    path.closePath();
    return path;
  }
}
