package dev.multijvm.report.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/// One question, its picture, and the small print without which a picture travels badly.
///
/// @param name of its files, and the prefix of its ids: `time-counting`
/// @param title the question
/// @param subtitle what is drawn, in which unit, which way is better
/// @param footer machine, versions, date, rounds, level
/// @param alternative what the picture says, for those who do not see it
public record Chart(
    String name,
    String title,
    String subtitle,
    Body body,
    List<String> footer,
    String alternative) {
  private static final double MARGIN = 16;
  private static final double GAP = 14;
  private static final Font TITLE = Fonts.semibold(18);
  private static final Font SUBTITLE = Fonts.regular(13);
  private static final Font FOOTER = Fonts.regular(11);

  public Chart {
    footer = List.copyOf(footer);
  }

  double height(double width) {
    double inner = width - 2 * MARGIN;
    return MARGIN
        + Fonts.wrap(TITLE, title, inner).size() * lineHeight(TITLE)
        + Fonts.wrap(SUBTITLE, subtitle, inner).size() * lineHeight(SUBTITLE)
        + GAP
        + body.height(inner)
        + GAP
        + wrapped(footer, inner).size() * lineHeight(FOOTER)
        + MARGIN / 2;
  }

  void draw(Graphics2D graphics, double width, Palette palette) {
    double inner = width - 2 * MARGIN;
    graphics.setPaint(palette.color(Ink.PAPER));
    graphics.fill(new Rectangle2D.Double(0, 0, width, height(width)));
    double y = MARGIN;
    y = lines(graphics, TITLE, palette, Ink.TEXT, Fonts.wrap(TITLE, title, inner), y);
    y = lines(graphics, SUBTITLE, palette, Ink.MUTED, Fonts.wrap(SUBTITLE, subtitle, inner), y);
    y += GAP;
    graphics.translate(MARGIN, y);
    body.draw(graphics, inner, palette);
    graphics.translate(-MARGIN, -y);
    y += body.height(inner) + GAP;
    lines(graphics, FOOTER, palette, Ink.MUTED, wrapped(footer, inner), y);
  }

  private static double lines(
      Graphics2D graphics, Font font, Palette palette, Ink ink, List<String> lines, double top) {
    double y = top;
    graphics.setPaint(palette.color(ink));
    for (String line : lines) {
      Fonts.draw(graphics, font, line, MARGIN, y + font.getSize2D(), 0);
      y += lineHeight(font);
    }
    return y;
  }

  private static List<String> wrapped(List<String> lines, double width) {
    return lines.stream().flatMap(line -> Fonts.wrap(FOOTER, line, width).stream()).toList();
  }

  private static double lineHeight(Font font) {
    return Math.rint(font.getSize2D() * 1.4);
  }
}
