package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Values over another quantity, one line each, with its name at its end.
public record Lines(Axis x, Axis y, List<Series> series) implements Body {
  private static final double FOOT = 44;
  private static final double HEAD = 24;
  private static final double LEFT = 46;
  private static final double BETWEEN_LABELS = 18;
  private static final double MARKER = 4.5;
  private static final Font LABEL = Fonts.regular(13);
  private static final Font SMALL = Fonts.regular(12);

  /// One line through its points, which ascend in `x`.
  public record Series(String label, Style style, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /// A value of the line.
  ///
  /// @param low with `high` the limits of an interval; both equal `y` where there is none
  public record Point(double x, double y, double low, double high) {}

  public Lines {
    series = series.stream().filter(line -> !line.points.isEmpty()).toList();
  }

  @Override
  public double height(double width) {
    return HEAD + Math.min(300, Math.max(220, width * 0.55)) + FOOT;
  }

  @Override
  public void draw(Graphics2D graphics, double width, Palette palette) {
    Rectangle2D area =
        new Rectangle2D.Double(LEFT, HEAD, width - LEFT - labels(), height(width) - HEAD - FOOT);
    Panel panel = new Panel(area, Axes.of(x, palette), Axes.of(y, palette), palette);
    for (Series line : series) {
      panel.points(
          line.style,
          Panel.Marks.CONNECTED,
          MARKER,
          line.points.stream().map(p -> Panel.Point.upright(p.x, p.y, p.low, p.high)).toList());
    }
    panel.draw(graphics);
    graphics.setPaint(palette.color(Ink.MUTED));
    Fonts.draw(graphics, SMALL, y.label(), 0, 12, 0);
    Fonts.draw(graphics, SMALL, x.label(), area.getMaxX(), area.getMaxY() + 38, 1);
    drawLabels(graphics, panel, area, palette);
  }

  /// The names, pushed apart where lines end close to each other, each tied to its end by a hair.
  private void drawLabels(Graphics2D graphics, Panel panel, Rectangle2D area, Palette palette) {
    List<Series> ordered = new ArrayList<>(series);
    ordered.sort(Comparator.comparingDouble(line -> panel.y(line.points.getLast().y)));
    double[] ends = ordered.stream().mapToDouble(l -> panel.y(l.points.getLast().y)).toArray();
    double[] places = apart(ends, area.getMinY(), area.getMaxY());
    for (int i = 0; i < places.length; i++) {
      Series line = ordered.get(i);
      double endX = panel.x(line.points.getLast().x) + MARKER + 3;
      double labelX = area.getMaxX() + 12;
      graphics.setPaint(palette.color(Ink.GRID));
      graphics.setStroke(new BasicStroke(1));
      graphics.draw(new Line2D.Double(endX, ends[i], labelX - 3, places[i]));
      graphics.setPaint(palette.color(line.style.ink()));
      graphics.fill(
          AffineTransform.getTranslateInstance(labelX + MARKER, places[i])
              .createTransformedShape(line.style.marker(MARKER)));
      graphics.setPaint(palette.color(Ink.TEXT));
      Fonts.draw(graphics, LABEL, line.label, labelX + 2 * MARKER + 6, places[i] + 4.5, 0);
    }
  }

  /// Moves ascending `places` so far apart that labels do not touch, and keeps them between the
  /// limits.
  static double[] apart(double[] places, double least, double greatest) {
    double[] moved = places.clone();
    for (int i = 1; i < moved.length; i++) {
      moved[i] = Math.max(moved[i], moved[i - 1] + BETWEEN_LABELS);
    }
    double limit = greatest;
    for (int i = moved.length - 1; i >= 0; i--) {
      moved[i] = Math.max(least, Math.min(moved[i], limit));
      limit = moved[i] - BETWEEN_LABELS;
    }
    return moved;
  }

  private double labels() {
    double widest =
        series.stream().mapToDouble(line -> Fonts.width(LABEL, line.label)).max().orElse(0);
    return widest + 12 + 2 * MARKER + 8;
  }
}
