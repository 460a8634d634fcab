package dev.multijvm.report.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Values over another quantity, one line each, with its name at its end.
///
/// @param level a value that all lines are compared with
public record Lines(Axis x, Axis y, List<Series> series, Optional<Level> level) implements Body {
  private static final double FOOT = 44;
  private static final double HEAD = 24;
  private static final double LEFT = 46;
  private static final double MARKER = 4.5;
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

  /// A value of the upright axis and where lines cross it.
  public record Level(double y, List<Crossing> crossings) {
    public Level {
      crossings = List.copyOf(crossings);
    }
  }

  /// Where a line crosses a level: within the limits of an interval.
  public record Crossing(Style style, double low, double x, double high) {}

  /// Without a level.
  public Lines(Axis x, Axis y, List<Series> series) {
    this(x, y, series, Optional.empty());
  }

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
        new Rectangle2D.Double(
            LEFT,
            HEAD,
            width - LEFT - EndLabels.width(series.stream().map(Series::label).toList()),
            height(width) - HEAD - FOOT);
    Panel panel = new Panel(area, Axes.of(x, palette), Axes.of(y, palette), palette);
    level.ifPresent(l -> drawLevel(panel, l));
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
    List<EndLabels.End> ends = new ArrayList<>();
    for (Series line : series) {
      Point last = line.points.getLast();
      ends.add(new EndLabels.End(line.label, line.style, panel.x(last.x), panel.y(last.y)));
    }
    EndLabels.draw(graphics, ends, area, palette);
  }

  private void drawLevel(Panel panel, Level level) {
    panel.line(Ink.MUTED, Rows.stroke(1.2f), x.low(), level.y, x.high(), level.y);
    for (Crossing crossing : level.crossings) {
      Ink ink = crossing.style.ink();
      panel.line(ink, Rows.stroke(7), crossing.low, level.y, crossing.high, level.y);
      panel.line(ink, Rows.stroke(1.2f, 2, 3), crossing.x, level.y, crossing.x, y.low());
    }
  }
}
