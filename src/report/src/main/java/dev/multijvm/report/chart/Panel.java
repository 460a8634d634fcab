package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/// One pair of axes: JFreeChart's plot without its ornaments, at an exact place.
final class Panel {
  /// Around the axes, for their labels: what does not fit is cut off.
  private static final double ROOM = 64;

  private static final double CAP = 7;

  private final Rectangle2D area;
  private final Palette palette;
  private final ValueAxis x;
  private final ValueAxis y;
  private final XYPlot plot = new XYPlot();
  private final XYErrorRenderer solid = renderer();
  private final XYErrorRenderer outlined = renderer();
  private final XYIntervalSeriesCollection solidData = new XYIntervalSeriesCollection();
  private final XYIntervalSeriesCollection outlinedData = new XYIntervalSeriesCollection();

  /// A point and the limits of its interval in either direction; they equal it where there is none.
  record Point(double x, double xLow, double xHigh, double y, double yLow, double yHigh) {
    static Point across(double x, double low, double high, double y) {
      return new Point(x, low, high, y, y, y);
    }

    static Point upright(double x, double y, double low, double high) {
      return new Point(x, x, x, y, low, high);
    }
  }

  /// How a series is drawn.
  enum Marks {
    FILLED,
    HOLLOW,
    CONNECTED
  }

  /// @param area what the axes enclose; their labels are outside of it
  Panel(Rectangle2D area, ValueAxis x, ValueAxis y, Palette palette) {
    this.area = area;
    this.palette = palette;
    this.x = x;
    this.y = y;
    outlined.setDrawOutlines(true);
    outlined.setUseFillPaint(true);
    plot.setDomainAxis(x);
    plot.setRangeAxis(y);
    plot.setDataset(0, solidData);
    plot.setRenderer(0, solid);
    plot.setDataset(1, outlinedData);
    plot.setRenderer(1, outlined);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    Stroke hair = new BasicStroke(1);
    plot.setDomainGridlineStroke(hair);
    plot.setRangeGridlineStroke(hair);
    plot.setDomainGridlinePaint(palette.color(Ink.GRID));
    plot.setRangeGridlinePaint(palette.color(Ink.GRID));
    plot.setRangeGridlinesVisible(y.isVisible());
    plot.setDomainZeroBaselineVisible(false);
    plot.setFixedDomainAxisSpace(space(RectangleEdge.BOTTOM, RectangleEdge.TOP));
    plot.setFixedRangeAxisSpace(space(RectangleEdge.LEFT, RectangleEdge.RIGHT));
  }

  /// Adds points, one over the other in the order of calls; solid ones over outlined ones.
  void points(Style style, Marks marks, double radius, List<Point> points) {
    XYErrorRenderer renderer = marks == Marks.HOLLOW ? outlined : solid;
    XYIntervalSeriesCollection data = marks == Marks.HOLLOW ? outlinedData : solidData;
    int series = data.getSeriesCount();
    XYIntervalSeries values = new XYIntervalSeries(series, false, true);
    List<Point> shown = points.stream().map(p -> withoutHidden(p, radius)).toList();
    for (Point p : shown) {
      values.add(p.x, p.xLow, p.xHigh, p.y, p.yLow, p.yHigh);
    }
    data.addSeries(values);
    renderer.setSeriesShape(series, style.marker(radius));
    renderer.setSeriesPaint(series, palette.color(style.ink()));
    renderer.setSeriesFillPaint(series, palette.color(Ink.PAPER));
    renderer.setSeriesOutlineStroke(series, new BasicStroke(1.8f));
    renderer.setSeriesLinesVisible(series, marks == Marks.CONNECTED);
    renderer.setSeriesStroke(series, style.line(2));
    boolean hasIntervals = shown.stream().anyMatch(p -> p.xLow < p.xHigh || p.yLow < p.yHigh);
    if (hasIntervals) {
      renderer.setDrawXError(true);
      renderer.setDrawYError(true);
    }
  }

  /// Without an interval that its marker would hide but for the caps.
  private Point withoutHidden(Point p, double radius) {
    double reach =
        Math.max(
            Math.max(x(p.x) - x(p.xLow), x(p.xHigh) - x(p.x)),
            Math.max(y(p.yLow) - y(p.y), y(p.y) - y(p.yHigh)));
    return reach > radius + 1 ? p : Point.upright(p.x, p.y, p.y, p.y);
  }

  /// Adds a line behind all points.
  void line(Ink ink, Stroke stroke, double x1, double y1, double x2, double y2) {
    solid.addAnnotation(
        new XYLineAnnotation(x1, y1, x2, y2, stroke, palette.color(ink)), Layer.BACKGROUND);
  }

  /// Adds a shaded band behind all lines and points, of the whole height of an inverted upright
  /// axis.
  void shade(double from, double to, double height) {
    solid.addAnnotation(
        new XYBoxAnnotation(from, height, to, 0, null, null, palette.color(Ink.SHADE)),
        Layer.BACKGROUND);
  }

  /// Adds a bar behind all points, parted by a hair of paper from what touches it; the upright axis
  /// is inverted.
  ///
  /// @param shade how much of the ink is seen, up to 1
  void box(Ink ink, float shade, double x1, double x2, double y1, double y2) {
    solid.addAnnotation(
        new XYBoxAnnotation(
            x1,
            y2,
            x2,
            y1,
            new BasicStroke(1),
            palette.color(Ink.PAPER),
            faded(palette.color(ink), shade)),
        Layer.BACKGROUND);
  }

  /// A colour through which so much of the paper is seen as `shade` lacks to 1.
  static Color faded(Color color, float shade) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), Math.round(255 * shade));
  }

  void draw(Graphics2D graphics) {
    JFreeChart chart = new JFreeChart(null, Fonts.regular(12), plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    chart.draw(
        graphics,
        new Rectangle2D.Double(
            area.getX() - ROOM,
            area.getY() - ROOM,
            area.getWidth() + 2 * ROOM,
            area.getHeight() + 2 * ROOM));
  }

  /// Where a value lies across, in pixels.
  double x(double value) {
    return x.valueToJava2D(value, area, RectangleEdge.BOTTOM);
  }

  /// Where a value lies upright, in pixels.
  double y(double value) {
    return y.valueToJava2D(value, area, RectangleEdge.LEFT);
  }

  private static XYErrorRenderer renderer() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDrawYError(false);
    renderer.setCapLength(CAP);
    renderer.setErrorStroke(new BasicStroke(1.5f));
    return renderer;
  }

  private static AxisSpace space(RectangleEdge... edges) {
    AxisSpace space = new AxisSpace();
    for (RectangleEdge edge : edges) {
      space.add(ROOM, edge);
    }
    return space;
  }
}
