package dev.multijvm.report.chart;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Values over another quantity, one line each, with its name at its end.
///
/// @param level a value that all lines are compared with
/// @param rules what is known without measuring, or of the whole machine
/// @param bound a value across beyond which something else holds
public record Lines(
    Axis x,
    Axis y,
    List<Series> series,
    Optional<Level> level,
    List<Rule> rules,
    Optional<Bound> bound)
    implements Body {
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
  public record Point(double x, double y, double low, double high) {
    public Point(double x, double y) {
      this(x, y, y, y);
    }

    boolean hasInterval() {
      return low < high;
    }

    /// With the limits of an interval, where `estimate` is one.
    public static Point of(double x, Estimate estimate) {
      return switch (estimate) {
        case Interval(double low, double middle, double high, double _) ->
            new Point(x, middle, low, high);
        case dev.multijvm.statistics.Point(double middle, int _, int _) -> new Point(x, middle);
      };
    }
  }

  /// A value of the upright axis and where lines cross it.
  public record Level(double y, List<Crossing> crossings) {
    public Level {
      crossings = List.copyOf(crossings);
    }
  }

  /// Where a line crosses a level: within the limits of an interval.
  public record Crossing(Style style, double low, double x, double high) {}

  /// A thin line without marks, with its name at its end like the others.
  public record Rule(String label, Style style, List<Point> points) {
    public Rule {
      points = List.copyOf(points);
    }
  }

  /// An upright line, with its name at its foot.
  public record Bound(String label, double x) {}

  /// Without a level.
  public Lines(Axis x, Axis y, List<Series> series) {
    this(x, y, series, Optional.empty());
  }

  /// Without rules.
  public Lines(Axis x, Axis y, List<Series> series, Optional<Level> level) {
    this(x, y, series, level, List.of(), Optional.empty());
  }

  public Lines {
    rules = List.copyOf(rules);
    series = series.stream().filter(line -> !line.points.isEmpty()).toList();
  }

  @Override
  public double height(double width) {
    return HEAD + Math.min(300, Math.max(220, width * 0.55)) + FOOT;
  }

  @Override
  public Intervals intervals() {
    return Intervals.of(
        series.stream().flatMap(line -> line.points.stream()).map(Point::hasInterval).toList());
  }

  @Override
  public void draw(Graphics2D graphics, double width, Palette palette) {
    double labels =
        EndLabels.width(
            Stream.concat(series.stream().map(Series::label), rules.stream().map(Rule::label))
                .toList());
    Rectangle2D area =
        new Rectangle2D.Double(LEFT, HEAD, width - LEFT - labels, height(width) - HEAD - FOOT);
    Panel panel = new Panel(area, Axes.of(x, palette), Axes.of(y, palette), palette);
    level.ifPresent(l -> drawLevel(panel, l));
    rules.forEach(rule -> addRule(panel, rule));
    bound.ifPresent(
        b -> panel.line(Ink.MUTED, Rows.stroke(1.2f, 5, 4), b.x, y.low(), b.x, y.high()));
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
    series.forEach(line -> ends.add(end(line.label, line.style, line.points.getLast(), panel)));
    rules.forEach(rule -> ends.add(end(rule.label, rule.style, rule.points.getLast(), panel)));
    EndLabels.draw(graphics, ends, area, palette);
    bound.ifPresent(b -> {
      graphics.setPaint(palette.color(Ink.MUTED));
      Fonts.draw(graphics, SMALL, b.label, panel.x(b.x) + 6, area.getMaxY() - 6, 0);
    });
  }

  private static EndLabels.End end(String label, Style style, Point last, Panel panel) {
    return new EndLabels.End(label, style, panel.x(last.x), panel.y(last.y));
  }

  private static void addRule(Panel panel, Rule rule) {
    for (int i = 1; i < rule.points.size(); i++) {
      Point from = rule.points.get(i - 1);
      Point to = rule.points.get(i);
      panel.line(rule.style.ink(), rule.style.line(1.2f), from.x, from.y, to.x, to.y);
    }
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
