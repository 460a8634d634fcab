package dev.multijvm.report.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jspecify.annotations.Nullable;

/// A chart at one width, as files. Safe for several threads.
public final class Picture {
  /// Pixels across on a desk or in a README.
  public static final int WIDE = 800;

  /// Pixels across on a telephone.
  public static final int NARROW = 380;

  private static final int SHARPNESS = 2;

  /// Digits after the point of a coordinate.
  private static final int PRECISION = 1;

  private static final List<Ink> INKS = List.of(Ink.values());

  /// What stands for an ink while Batik draws: no theme has such a green.
  private static final Pattern PLACEHOLDER = Pattern.compile("rgb\\(1,254,(\\d+)\\)");

  private static final Pattern LINE_BREAK = Pattern.compile("\\n *(/?>)");
  private static final Pattern SUPERFLUOUS =
      Pattern.compile(
          "<defs id=.*?</defs>| (?:clip-path|xml:space|text-rendering)=\"[^\"]*\"| font-family=\"sans-serif\"");

  private final Chart chart;
  private final int width;
  private final int height;

  /// What Batik made of the chart, once somebody asked.
  private @Nullable String drawing;

  public Picture(Chart chart, int width) {
    this.chart = chart;
    this.width = width;
    this.height = (int) Math.ceil(chart.height(width));
  }

  /// For each theme, twice as many pixels as the SVG is wide and high.
  public Map<Theme, byte[]> pngs() {
    return Png.of(this::image);
  }

  /// For a file of its own: with its typeface, on paper of its theme.
  public String svg(Theme theme) {
    String fonts = "<style>" + Fonts.css() + "</style>";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + colored(theme, " width=\"" + width + "\" height=\"" + height + "\"", fonts)
        + "\n";
  }

  /// For a page, which brings the typeface and may replace the colours of [Theme#LIGHT] by its own.
  public String inline() {
    return colored(Theme.LIGHT, "", "");
  }

  private BufferedImage image(Theme theme) {
    BufferedImage image =
        new BufferedImage(SHARPNESS * width, SHARPNESS * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(SHARPNESS, SHARPNESS);
    chart.draw(graphics, width, theme::color);
    graphics.dispose();
    return image;
  }

  private String colored(Theme theme, String size, String style) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\""
        + size
        + " role=\"img\" font-size=\"12\" stroke-linecap=\"square\" stroke-miterlimit=\"10\"><title>"
        + escaped(chart.alternative())
        + "</title>"
        + style
        + PLACEHOLDER
            .matcher(drawing())
            .replaceAll(ink -> theme.hex(INKS.get(Integer.parseInt(ink.group(1)))))
        + "</svg>";
  }

  /// What Batik makes of the chart, without its preamble, its defaults and its clips: all charts
  /// stay within their axes, and so no drawing has ids that could meet another's.
  private synchronized String drawing() {
    if (drawing == null) {
      drawing = drawn();
    }
    return drawing;
  }

  private String drawn() {
    try {
      var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setPrecision(PRECISION);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      chart.draw(graphics, width, ink -> new Color(1, 254, INKS.indexOf(ink)));
      StringWriter text = new StringWriter();
      graphics.stream(text, false);
      return tidied(text.toString());
    } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tidied(String svg) {
    int start = svg.indexOf("<g", svg.indexOf("genericDefs"));
    String marks = svg.substring(start, svg.lastIndexOf("</svg"));
    return SUPERFLUOUS
        .matcher(LINE_BREAK.matcher(marks).replaceAll("$1"))
        .replaceAll("")
        .replace("font-family=\"'Inter Semi Bold'\"", family(600))
        .replace("font-family=\"'Inter'\"", family(400));
  }

  private static String family(int weight) {
    return "font-family=\"" + Fonts.FAMILY + "\" font-weight=\"" + weight + "\"";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
