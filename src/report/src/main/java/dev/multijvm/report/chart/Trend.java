package dev.multijvm.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/// Values over months and years, one line each with its name at its end, and upright marks where
/// something other than the values changed.
///
/// A series is three paths at most, however many points it has, so that a page with years of them
/// stays small.
public record Trend(Axis time, Axis value, List<Series> series, List<Mark> marks) implements Body {
  private static final double LEFT = 46;
  private static final double HEAD = 40;
  private static final double FOOT = 30;
  private static final double HEIGHT = 180;
  private static final double MARKER = 4;
  private static final double CAP = 2.5;

  /// With more points than this, a line has none but its last one marked.
  private static final int MOST_MARKERS = 30;

  private static final Font SMALL = Fonts.regular(12);
  private static final Font LETTER = Fonts.semibold(12);

  /// One line, in as many pieces as there are reasons not to connect its points.
  public record Series(String label, Style style, List<List<Lines.Point>> pieces) {
    public Series {
      pieces = pieces.stream().map(List::copyOf).filter(piece -> !piece.isEmpty()).toList();
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("a series must have a point: " + label);
      }
    }

    private List<Lines.Point> points() {
      return pieces.stream().flatMap(List::stream).toList();
    }
  }

  /// Something that changed on a day.
  ///
  /// @param letter by which a caption names it
  public record Mark(double day, String letter) {}

  public Trend {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
  }

  @Override
  public double height(double width) {
    return HEAD + HEIGHT + FOOT;
  }

  @Override
  public Intervals intervals() {
    return Intervals.of(
        series.stream()
            .flatMap(each -> each.points().stream())
            .map(Lines.Point::hasInterval)
            .toList());
  }

  @Override
  public void draw(Graphics2D graphics, double width, Palette palette) {
    double labels = EndLabels.width(series.stream().map(Series::label).toList());
    Rectangle2D area = new Rectangle2D.Double(LEFT, HEAD, width - LEFT - labels, HEIGHT);
    Panel panel = new Panel(area, Axes.of(time, palette), Axes.of(value, palette), palette);
    marks.forEach(mark ->
        panel.line(
            Ink.MUTED, Rows.stroke(1.2f, 3, 3), mark.day, value.low(), mark.day, value.high()));
    panel.draw(graphics);
    drawLetters(graphics, panel, palette);
    List<EndLabels.End> ends = new ArrayList<>();
    for (Series each : series) {
      drawSeries(graphics, each, panel, palette);
      Lines.Point last = each.points().getLast();
      ends.add(new EndLabels.End(each.label, each.style, panel.x(last.x()), panel.y(last.y())));
    }
    graphics.setPaint(palette.color(Ink.MUTED));
    Fonts.draw(graphics, SMALL, value.label(), 0, 12, 0);
    EndLabels.draw(graphics, ends, area, palette);
  }

  /// Above their marks; where several fall on one place, the first of them.
  private void drawLetters(Graphics2D graphics, Panel panel, Palette palette) {
    graphics.setPaint(palette.color(Ink.TEXT));
    double free = 0;
    for (Mark mark : marks) {
      double wide = Fonts.width(LETTER, mark.letter);
      double x = panel.x(mark.day);
      if (x - wide / 2 >= free) {
        Fonts.draw(graphics, LETTER, mark.letter, x, HEAD - 6, 0.5);
        free = x + wide / 2 + 2;
      }
    }
  }

  private static void drawSeries(Graphics2D graphics, Series series, Panel panel, Palette palette) {
    Path2D line = new Path2D.Double();
    Path2D whiskers = new Path2D.Double();
    Path2D markers = new Path2D.Double();
    for (List<Lines.Point> piece : series.pieces) {
      boolean isFirst = true;
      for (Lines.Point point : piece) {
        double x = panel.x(point.x());
        double y = panel.y(point.y());
        if (isFirst) {
          line.moveTo(x, y);
        } else {
          line.lineTo(x, y);
        }
        isFirst = false;
        if (panel.y(point.low()) - panel.y(point.high()) > 2 * MARKER + 2) {
          whisker(whiskers, x, panel.y(point.low()), panel.y(point.high()));
        }
      }
    }
    List<Lines.Point> points = series.points();
    for (Lines.Point point :
        points.size() > MOST_MARKERS ? points.subList(points.size() - 1, points.size()) : points) {
      var place = AffineTransform.getTranslateInstance(panel.x(point.x()), panel.y(point.y()));
      markers.append(place.createTransformedShape(series.style.marker(MARKER)), false);
    }
    graphics.setPaint(palette.color(series.style.ink()));
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(whiskers);
    graphics.setStroke(series.style.line(1.6f));
    graphics.draw(line);
    graphics.fill(markers);
  }

  private static void whisker(Path2D path, double x, double from, double to) {
    path.moveTo(x, from);
    path.lineTo(x, to);
    for (double end : new double[] {from, to}) {
      path.moveTo(x - CAP, end);
      path.lineTo(x + CAP, end);
    }
  }
}
