package dev.multijvm.report.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/// Axes with few, round ticks and no ornament.
final class Axes {
  private static final double SPACE_ACROSS = 52;
  private static final double SPACE_UP = 30;

  private Axes() {}

  /// An axis from `low` to `high`, with ticks at round values.
  static ValueAxis of(Axis axis, Palette palette) {
    ValueAxis made =
        switch (axis.spacing()) {
          case EVEN -> new Linear();
          case COUNTING -> new Counting();
          case LOGARITHMIC -> axis.ticks().isEmpty() ? new Logarithmic() : new Chosen(axis.ticks());
          case CALENDAR -> new Calendar();
        };
    made.setRange(axis.low(), axis.high());
    made.setTickLabelFont(Fonts.regular(12));
    made.setTickLabelPaint(palette.color(Ink.MUTED));
    made.setAxisLineVisible(false);
    made.setTickMarksVisible(false);
    return made;
  }

  /// An axis that only gives positions in pixels.
  static ValueAxis pixels(double height) {
    NumberAxis axis = new Pixels();
    axis.setRange(0, height);
    axis.setInverted(true);
    axis.setVisible(false);
    return axis;
  }

  private static List<NumberTick> ticks(List<Double> values, RectangleEdge edge) {
    return values.stream().map(value -> tick(value, Ticks.text(value), edge)).toList();
  }

  private static NumberTick tick(double value, String text, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return new NumberTick(value, text, anchor, anchor, 0);
  }

  private static int room(Rectangle2D area, RectangleEdge edge) {
    return (int)
        (RectangleEdge.isTopOrBottom(edge)
            ? area.getWidth() / SPACE_ACROSS
            : area.getHeight() / SPACE_UP);
  }

  private static final class Linear extends NumberAxis {
    private static final long serialVersionUID = 1;

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      return ticks(
          Ticks.linear(getRange().getLowerBound(), getRange().getUpperBound(), room(area, edge)),
          edge);
    }
  }

  private static final class Counting extends NumberAxis {
    private static final long serialVersionUID = 1;

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      List<Double> round =
          Ticks.linear(getRange().getLowerBound(), getRange().getUpperBound(), room(area, edge));
      return ticks(round.stream().filter(value -> value == Math.rint(value)).toList(), edge);
    }
  }

  private static final class Logarithmic extends LogAxis {
    private static final long serialVersionUID = 1;

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      return ticks(
          Ticks.logarithmic(
              getRange().getLowerBound(), getRange().getUpperBound(), room(area, edge)),
          edge);
    }
  }

  /// Has ticks at values as uneven as they were chosen, but for those whose labels would touch.
  private static final class Chosen extends LogAxis {
    private static final long serialVersionUID = 1;
    private static final double GAP = 8;

    private final TreeMap<Double, String> chosen;

    Chosen(NavigableMap<Double, String> chosen) {
      this.chosen = new TreeMap<>(chosen);
    }

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      List<NumberTick> shown = new ArrayList<>();
      double free = Double.NEGATIVE_INFINITY;
      for (Map.Entry<Double, String> tick : chosen.entrySet()) {
        double x = valueToJava2D(tick.getKey(), area, edge);
        double half = Fonts.width(getTickLabelFont(), tick.getValue()) / 2;
        if (x - half >= free) {
          shown.add(tick(tick.getKey(), tick.getValue(), edge));
          free = x + half + GAP;
        }
      }
      return shown;
    }
  }

  private static final class Calendar extends NumberAxis {
    private static final long serialVersionUID = 1;

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      return Dates.ticks(
              getRange().getLowerBound(), getRange().getUpperBound(), room(area, edge) / 2)
          .stream()
          .map(date ->
              new NumberTick(
                  date.day(), date.text(), TextAnchor.TOP_CENTER, TextAnchor.TOP_CENTER, 0))
          .toList();
    }
  }

  /// Has no ticks, and so never asks for a font of the machine's.
  private static final class Pixels extends NumberAxis {
    private static final long serialVersionUID = 1;

    @Override
    public List<NumberTick> refreshTicks(
        Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
      return List.of();
    }
  }
}
