package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A run from its beginning to its end: each slot against its variant's median, above what the
/// machine did meanwhile.
///
/// @param time minutes since the start
/// @param ratio a slot's time to the median of its variant
/// @param strips one below the other
public record Course(Axis time, Axis ratio, List<Series> series, List<Strip> strips)
    implements Body {
  private static final double LEFT = 46;
  private static final double RIGHT = 10;
  private static final double FOOT = 44;
  private static final double UPPER = 170;
  private static final double STRIP = 34;
  private static final double GAP = 24;
  private static final double MARKER = 3.4;

  /// From so many slots on there is no room for markers.
  private static final int CROWD = 400;

  private static final double DOT = 3;
  private static final Font SMALL = Fonts.regular(12);

  /// Slots of one mode; `marks` says which ones count.
  public record Series(String label, Style style, boolean isFilled, List<Spot> spots) {
    public Series {
      spots = List.copyOf(spots);
    }
  }

  public record Spot(double x, double y) {}

  /// A quantity in percent over the run.
  public record Strip(String label, double greatest, List<Spot> spots) {
    public Strip {
      spots = List.copyOf(spots);
    }
  }

  public Course {
    series = List.copyOf(series);
    strips = List.copyOf(strips);
  }

  @Override
  public double height(double width) {
    return head(width) + UPPER + strips.size() * (GAP + STRIP) + FOOT;
  }

  @Override
  public Intervals intervals() {
    return Intervals.NONE;
  }

  @Override
  public void draw(Graphics2D graphics, double width, Palette palette) {
    drawKey(graphics, width, palette);
    double top = head(width);
    double across = width - LEFT - RIGHT;
    Rectangle2D area = new Rectangle2D.Double(LEFT, top, across, UPPER);
    Panel panel = panel(area, ratio, strips.isEmpty(), palette);
    panel.line(Ink.MUTED, new BasicStroke(1.2f), time.low(), 1, time.high(), 1);
    boolean isCrowded = series.stream().mapToInt(each -> each.spots.size()).sum() > CROWD;
    if (isCrowded) {
      panel.draw(graphics);
      series.forEach(each -> drawDots(graphics, panel, each, palette));
    } else {
      series.forEach(each -> addMarkers(panel, each));
      panel.draw(graphics);
    }
    double y = top + UPPER;
    for (Strip strip : strips) {
      y += GAP;
      drawStrip(graphics, strip, y, across, strip.equals(strips.getLast()), palette);
      y += STRIP;
    }
    graphics.setPaint(palette.color(Ink.MUTED));
    Fonts.draw(graphics, SMALL, ratio.label(), 0, top - 10, 0);
    Fonts.draw(graphics, SMALL, time.label(), width - RIGHT, y + 38, 1);
  }

  private static void addMarkers(Panel panel, Series each) {
    panel.points(
        each.style,
        each.isFilled ? Panel.Marks.FILLED : Panel.Marks.HOLLOW,
        MARKER,
        each.spots.stream().map(s -> Panel.Point.upright(s.x, s.y, s.y, s.y)).toList());
  }

  /// One path for all, because a mark each would be half of the page.
  private static void drawDots(Graphics2D graphics, Panel panel, Series each, Palette palette) {
    Path2D dots = new Path2D.Double();
    for (Spot spot : each.spots) {
      double x = panel.x(spot.x) - DOT / 2;
      double y = panel.y(spot.y);
      if (each.isFilled) {
        dots.append(new Line2D.Double(x, y, x + DOT, y), false);
      } else {
        dots.append(new Rectangle2D.Double(x, y - DOT / 2, DOT, DOT), false);
      }
    }
    graphics.setPaint(palette.color(each.style.ink()));
    graphics.setStroke(
        new BasicStroke(
            each.isFilled ? (float) DOT : 1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(dots);
  }

  private void drawStrip(
      Graphics2D graphics, Strip strip, double y, double across, boolean isLast, Palette palette) {
    Rectangle2D area = new Rectangle2D.Double(LEFT, y, across, STRIP);
    Panel panel = panel(area, Axis.even("", 0, strip.greatest), isLast, palette);
    panel.draw(graphics);
    graphics.setPaint(palette.color(Ink.MUTED));
    graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(columns(strip, panel));
    Fonts.draw(graphics, SMALL, strip.label, LEFT, y - 7, 0);
  }

  /// A line for each pixel across in which there is something to see, as high as the highest spot.
  private static Path2D columns(Strip strip, Panel panel) {
    NavigableMap<Long, Double> tops = new TreeMap<>();
    for (Spot spot : strip.spots) {
      double top = panel.y(Math.min(spot.y, strip.greatest));
      if (panel.y(0) - top >= 0.5) {
        tops.merge(Math.round(panel.x(spot.x)), top, Math::min);
      }
    }
    Path2D columns = new Path2D.Double();
    tops.forEach((x, top) -> columns.append(new Line2D.Double(x, panel.y(0), x, top), false));
    return columns;
  }

  private Panel panel(Rectangle2D area, Axis upright, boolean showsTime, Palette palette) {
    var x = Axes.of(time, palette);
    x.setTickLabelsVisible(showsTime);
    return new Panel(area, x, Axes.of(upright, palette), palette);
  }

  /// Modes side by side, on as many lines as it takes.
  private void drawKey(Graphics2D graphics, double width, Palette palette) {
    double x = 0;
    double y = 12;
    for (Series each : series) {
      double wide = key(each);
      if (x > 0 && x + wide > width) {
        x = 0;
        y += 20;
      }
      var marker =
          AffineTransform.getTranslateInstance(x + 5, y - 4.5)
              .createTransformedShape(each.style.marker(4.5));
      graphics.setPaint(palette.color(each.style.ink()));
      graphics.setStroke(new BasicStroke(1.8f));
      if (each.isFilled) {
        graphics.fill(marker);
      } else {
        graphics.draw(marker);
      }
      graphics.setPaint(palette.color(Ink.TEXT));
      Fonts.draw(graphics, SMALL, each.label, x + 16, y, 0);
      x += wide;
    }
  }

  private double head(double width) {
    double x = 0;
    int lines = 1;
    for (Series each : series) {
      if (x > 0 && x + key(each) > width) {
        x = 0;
        lines++;
      }
      x += key(each);
    }
    return 20 * lines + 28;
  }

  private static double key(Series series) {
    return 16 + Fonts.width(SMALL, series.label) + 18;
  }
}
