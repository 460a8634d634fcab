package dev.multijvm.report.chart;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// Values beside their names, one row each, in groups: for comparing a few things on one axis.
///
/// Where there is room, the name stands to the left of a row and the figure to its right; on a
/// narrow page both stand above it.
///
/// @param parts what the parts of stacked bars are, from the left; empty where there is none
public record Rows(
    Axis axis, Mark mark, List<Group> groups, Optional<Guide> guide, List<String> parts)
    implements Body {
  private static final double HEADING = 30;
  private static final double HEADING_LINE = 18;
  private static final double FOOT = 42;
  private static final double MARKER = 5;
  private static final double PAD = 14;
  private static final Font LABEL = Fonts.regular(13);
  private static final Font GROUP = Fonts.semibold(13);
  private static final Font SMALL = Fonts.regular(12);
  private static final Stroke TICK = stroke(2);
  private static final Stroke DASHED = stroke(2, 3, 3);
  private static final Stroke BAR = stroke(3);
  private static final double STACK = 13;
  private static final double LEGEND_LINE = 20;

  /// How dark each part of a stacked bar is, from the left.
  private static final float[] SHADES = {1, 0.58f, 0.3f, 0.14f};

  /// What connects a dot with the axis or with the other dot of its row.
  public enum Mark {
    /// Nothing: positions are compared.
    DOTS,
    /// A bar from zero: lengths are compared.
    BARS,
    /// A line from the first dot to the last dot or tick: their distance is the subject.
    SPANS
  }

  /// Rows under a heading of their own; none where `title` is empty.
  public record Group(String title, List<Row> rows) {
    public Group {
      rows = List.copyOf(rows);
    }
  }

  /// One row.
  ///
  /// @param text the figure that belongs to it
  /// @param dots in their order; a bar ends at the first
  /// @param parts lengths of a stacked bar's parts from zero on; empty for another mark
  public record Row(
      String label,
      Style style,
      List<Dot> dots,
      String text,
      List<Tick> ticks,
      List<Double> parts) {
    public Row(String label, Style style, List<Dot> dots, String text) {
      this(label, style, dots, text, List.of());
    }

    public Row(String label, Style style, List<Dot> dots, String text, List<Tick> ticks) {
      this(label, style, dots, text, ticks, List.of());
    }

    public Row {
      dots = List.copyOf(dots);
      ticks = List.copyOf(ticks);
      parts = List.copyOf(parts);
      if (parts.size() > SHADES.length) {
        throw new IllegalArgumentException("a bar must have at most four parts: " + parts);
      }
    }

    private double end() {
      return DoubleStream.concat(
              DoubleStream.of(dots.getLast().value), ticks.stream().mapToDouble(Tick::value))
          .max()
          .orElseThrow();
    }

    private DoubleStream extent() {
      return DoubleStream.concat(
          DoubleStream.concat(
              dots.stream().flatMapToDouble(dot -> DoubleStream.of(dot.low(), dot.high())),
              ticks.stream().mapToDouble(Tick::value)),
          parts.isEmpty()
              ? DoubleStream.empty()
              : DoubleStream.of(parts.stream().mapToDouble(Double::doubleValue).sum()));
    }
  }

  /// A value with the limits of its interval; both equal it where there is none.
  ///
  /// @param isFilled whether the marker is solid, or an outline for the other of two conditions
  public record Dot(double value, double low, double high, boolean isFilled) {
    /// With the limits of an interval, where `estimate` is one.
    public static Dot of(Estimate estimate, boolean isFilled) {
      return switch (estimate) {
        case Interval(double low, double middle, double high, double _) ->
            new Dot(middle, low, high, isFilled);
        case Point(double middle, int _, int _) -> new Dot(middle, middle, middle, isFilled);
      };
    }
  }

  /// A value marked by a short upright line.
  ///
  /// @param isSolid whether it is drawn solid, or dashed for the other of two kinds
  public record Tick(double value, boolean isSolid) {}

  /// A value that all rows are compared with.
  ///
  /// @param low from here to `high` a difference makes no difference
  /// @param left what it means to be below the value
  /// @param right what it means to be above
  public record Guide(double value, double low, double high, String left, String right) {}

  /// Without a guide and stacked bars.
  public Rows(Axis axis, Mark mark, List<Group> groups) {
    this(axis, mark, groups, Optional.empty());
  }

  /// Without stacked bars.
  public Rows(Axis axis, Mark mark, List<Group> groups, Optional<Guide> guide) {
    this(axis, mark, groups, guide, List.of());
  }

  public Rows {
    groups = List.copyOf(groups);
    parts = List.copyOf(parts);
  }

  /// What the axis must have room for: all limits and ticks of `groups`, and `always`.
  public static double[] extent(List<Group> groups, double... always) {
    return DoubleStream.concat(
            DoubleStream.of(always),
            groups.stream().flatMap(group -> group.rows().stream()).flatMapToDouble(Row::extent))
        .toArray();
  }

  @Override
  public double height(double width) {
    double rows = groups.stream().mapToInt(group -> group.rows.size()).sum() * row(width);
    double headings = groups.stream().mapToDouble(group -> heading(group, width)).sum();
    return head(width) + rows + headings + FOOT;
  }

  @Override
  public Intervals intervals() {
    return Intervals.of(
        groups.stream()
            .flatMap(group -> group.rows.stream())
            .flatMap(row -> row.dots.stream())
            .map(dot -> dot.low < dot.high)
            .toList());
  }

  @Override
  public void draw(Graphics2D graphics, double width, Palette palette) {
    double bottom = height(width) - FOOT;
    Rectangle2D area = area(width, bottom);
    double high = bottom - head(width);
    Panel panel = new Panel(area, Axes.of(axis, palette), Axes.pixels(high), palette);
    guide.ifPresent(g -> {
      panel.shade(g.low, g.high, high);
      panel.line(Ink.MUTED, new BasicStroke(1.2f), g.value, 0, g.value, high);
    });
    List<Placed> placed = placed(width);
    placed.forEach(row -> addMarks(panel, row));
    panel.draw(graphics);
    placed.forEach(row -> drawLabels(graphics, row, width, palette));
    drawHeadings(graphics, width, palette);
    drawLegend(graphics, width, palette);
    drawAxisLabel(graphics, panel, area, width, palette);
  }

  private record Placed(Row row, double top, double center) {}

  private List<Placed> placed(double width) {
    List<Placed> placed = new ArrayList<>();
    double y = 0;
    for (Group group : groups) {
      y += heading(group, width);
      for (Row row : group.rows) {
        placed.add(new Placed(row, y, isNarrow(width) ? y + 31 : y + row(width) / 2));
        y += row(width);
      }
    }
    return placed;
  }

  private void addMarks(Panel panel, Placed placed) {
    Row row = placed.row;
    double y = placed.center;
    for (Tick tick : row.ticks) {
      panel.line(Ink.TEXT, tick.isSolid ? TICK : DASHED, tick.value, y - 9, tick.value, y + 9);
    }
    double from = 0;
    for (int i = 0; i < row.parts.size(); i++) {
      double to = from + row.parts.get(i);
      panel.box(row.style.ink(), SHADES[i], from, to, y - STACK / 2, y + STACK / 2);
      from = to;
    }
    if (row.parts.isEmpty() && !row.dots.isEmpty() && mark != Mark.DOTS) {
      double end = mark == Mark.BARS ? 0 : row.end();
      panel.line(row.style.ink(), BAR, row.dots.getFirst().value, y, end, y);
    }
    for (Dot dot : row.dots) {
      Panel.Marks marks = dot.isFilled ? Panel.Marks.FILLED : Panel.Marks.HOLLOW;
      panel.points(
          row.style, marks, MARKER, List.of(Panel.Point.across(dot.value, dot.low, dot.high, y)));
    }
  }

  private void drawLabels(Graphics2D graphics, Placed placed, double width, Palette palette) {
    Row row = placed.row;
    double base = head(width) + (isNarrow(width) ? placed.top + 17 : placed.center + 4.5);
    double label = 2 * MARKER + 14 + Fonts.width(LABEL, row.label);
    double text = Fonts.width(LABEL, row.text) + 4;
    clear(graphics, new Rectangle2D.Double(0, base - 14, label, 19), palette);
    clear(graphics, new Rectangle2D.Double(width - text, base - 14, text, 19), palette);
    Shape marker =
        AffineTransform.getTranslateInstance(MARKER + 2, base - 4.5)
            .createTransformedShape(row.style.marker(MARKER));
    graphics.setPaint(palette.color(row.style.ink()));
    if (row.parts.isEmpty() && row.dots.stream().noneMatch(Dot::isFilled)) {
      graphics.setStroke(new BasicStroke(1.8f));
      graphics.draw(marker);
    } else {
      graphics.fill(marker);
    }
    graphics.setPaint(palette.color(Ink.TEXT));
    Fonts.draw(graphics, LABEL, row.label, 2 * MARKER + 10, base, 0);
    Fonts.draw(graphics, LABEL, row.text, width, base, 1);
  }

  private void drawHeadings(Graphics2D graphics, double width, Palette palette) {
    double y = head(width);
    for (Group group : groups) {
      double line = y + HEADING - 9;
      for (String text : title(group, width)) {
        double wide = Fonts.width(GROUP, text) + 4;
        clear(graphics, new Rectangle2D.Double(0, line - 15, wide, 21), palette);
        graphics.setPaint(palette.color(Ink.TEXT));
        Fonts.draw(graphics, GROUP, text, 0, line, 0);
        line += HEADING_LINE;
      }
      y += heading(group, width) + group.rows.size() * row(width);
    }
  }

  private static List<String> title(Group group, double width) {
    return group.title.isEmpty() ? List.of() : Fonts.wrap(GROUP, group.title, width);
  }

  private static double heading(Group group, double width) {
    int lines = title(group, width).size();
    return lines == 0 ? 0 : HEADING + (lines - 1) * HEADING_LINE;
  }

  /// What the parts of stacked bars are: in lines above them, in the shades of the bars.
  private void drawLegend(Graphics2D graphics, double width, Palette palette) {
    for (Entry entry : legend(width)) {
      Color ink = palette.color(Ink.TEXT);
      graphics.setPaint(Panel.faded(ink, SHADES[entry.shade]));
      graphics.fill(new Rectangle2D.Double(entry.x, entry.y - 10, 16, 11));
      graphics.setPaint(ink);
      Fonts.draw(graphics, SMALL, entry.text, entry.x + 22, entry.y, 0);
    }
  }

  /// A part's name and where it stands, in pixels.
  private record Entry(String text, int shade, double x, double y) {}

  private List<Entry> legend(double width) {
    List<Entry> legend = new ArrayList<>();
    double x = 0;
    double y = 13;
    for (int i = 0; i < parts.size(); i++) {
      double wide = 22 + Fonts.width(SMALL, parts.get(i));
      if (x > 0 && x + wide > width) {
        x = 0;
        y += LEGEND_LINE;
      }
      legend.add(new Entry(parts.get(i), i, x, y));
      x += wide + 18;
    }
    return legend;
  }

  /// Takes the grid away from behind words.
  private static void clear(Graphics2D graphics, Rectangle2D area, Palette palette) {
    graphics.setPaint(palette.color(Ink.PAPER));
    graphics.fill(area);
  }

  private void drawAxisLabel(
      Graphics2D graphics, Panel panel, Rectangle2D area, double width, Palette palette) {
    graphics.setPaint(palette.color(Ink.MUTED));
    Fonts.draw(graphics, SMALL, axis.label(), area.getMaxX(), area.getMaxY() + FOOT - 6, 1);
    if (guide.isPresent()) {
      drawHints(graphics, guide.get(), panel.x(guide.get().value), width, palette);
    }
  }

  /// On either side of the guide; at the edges where that does not fit.
  private static void drawHints(
      Graphics2D graphics, Guide guide, double x, double width, Palette palette) {
    String left = "← " + guide.left;
    String right = guide.right + " →";
    boolean fits =
        x - 8 - Fonts.width(SMALL, left) >= 0 && x + 8 + Fonts.width(SMALL, right) <= width;
    graphics.setPaint(palette.color(Ink.TEXT));
    Fonts.draw(graphics, SMALL, left, fits ? x - 8 : 0, 14, fits ? 1 : 0);
    Fonts.draw(graphics, SMALL, right, fits ? x + 8 : width, 14, fits ? 0 : 1);
  }

  private Rectangle2D area(double width, double bottom) {
    double left = isNarrow(width) ? 0 : widest(Row::label) + 2 * MARKER + 10 + PAD;
    double right = isNarrow(width) ? 0 : widest(Row::text) + PAD;
    return new Rectangle2D.Double(left, head(width), width - left - right, bottom - head(width));
  }

  private double widest(Function<Row, String> text) {
    return groups.stream()
        .flatMap(group -> group.rows.stream())
        .mapToDouble(row -> Fonts.width(LABEL, text.apply(row)))
        .max()
        .orElse(0);
  }

  private double head(double width) {
    return (guide.isPresent() ? 24 : 2) + (parts.isEmpty() ? 0 : legend(width).getLast().y + 12);
  }

  static Stroke stroke(float width, float... dash) {
    return new BasicStroke(
        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash.length == 0 ? null : dash, 0);
  }

  private static double row(double width) {
    return isNarrow(width) ? 44 : 27;
  }

  private static boolean isNarrow(double width) {
    return width < NARROW;
  }
}
