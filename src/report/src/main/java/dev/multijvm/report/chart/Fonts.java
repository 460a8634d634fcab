package dev.multijvm.report.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// The one typeface of charts and pages, shipped with the report so that text is as wide on every
/// machine.
///
/// It is Inter, under the SIL Open Font License, reduced to Latin letters, figures and a few signs.
public final class Fonts {
  /// The families in CSS: ours, then what comes near it.
  public static final String FAMILY = "Inter, Helvetica Neue, Arial, sans-serif";

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final Font REGULAR;
  private static final Font SEMIBOLD;
  private static final String CSS;

  /// Widths of letters by their codes, 0 where not asked for yet: texts are measured often.
  private static final Map<Font, float[]> WIDTHS = new ConcurrentHashMap<>();

  /// All of ours come before it.
  private static final int LETTERS = 0x2200;

  static {
    System.setProperty("java.awt.headless", "true");
    try {
      Path none = Files.createTempFile("multijvm-fonts", ".properties");
      try {
        // Java asks fontconfig for the machine's fonts even where only one's own are used, and
        // fails where
        // there are none. Told of a list, though an empty one, it does not ask.
        Files.writeString(none, "version=1\nsequence.allfonts=latin-1\n");
        System.setProperty("sun.awt.fontconfig", none.toString());
        CSS = face(400, "Inter-Regular.woff2") + face(600, "Inter-SemiBold.woff2");
        REGULAR = load("Inter-Regular.otf");
        SEMIBOLD = load("Inter-SemiBold.otf");
      } finally {
        Files.delete(none);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fonts() {}

  public static Font regular(double size) {
    return REGULAR.deriveFont((float) size);
  }

  public static Font semibold(double size) {
    return SEMIBOLD.deriveFont((float) size);
  }

  /// Width of `text` in pixels: that of its letters, because none of them is moved for another.
  static double width(Font font, String text) {
    float[] widths = WIDTHS.computeIfAbsent(font, _ -> new float[LETTERS]);
    double sum = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter >= LETTERS) {
        return measured(font, text);
      }
      if (widths[letter] == 0) {
        widths[letter] = (float) measured(font, String.valueOf(letter));
      }
      sum += widths[letter];
    }
    return sum;
  }

  private static double measured(Font font, String text) {
    return font.getStringBounds(text, CONTEXT).getWidth();
  }

  /// `text` in lines no wider than `width`, as even as it takes to leave no single word on the last
  /// one; a word that is wider keeps a line of its own.
  static List<String> wrap(Font font, String text, double width) {
    List<String> lines = filled(font, text, width);
    double narrower = width;
    List<String> even = lines;
    while (even.size() > 1 && !even.getLast().contains(" ") && narrower > 0.8 * width) {
      narrower -= 0.05 * width;
      even = filled(font, text, narrower);
    }
    return even.size() == lines.size() ? even : lines;
  }

  private static List<String> filled(Font font, String text, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(font, longer) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /// Draws `text` so that `anchor` of its width (0 left, 0.5 middle, 1 right) is at `x`, on the
  /// base line `y`.
  static void draw(Graphics2D graphics, Font font, String text, double x, double y, double anchor) {
    graphics.setFont(font);
    graphics.drawString(text, (float) (x - anchor * width(font, text)), (float) y);
  }

  /// The typeface as CSS, whole, for pages and pictures that load nothing.
  public static String css() {
    return CSS;
  }

  private static String face(int weight, String name) {
    try (InputStream in = open(name)) {
      return "@font-face{font-family:Inter;font-weight:"
          + weight
          + ";src:url(data:font/woff2;base64,"
          + Base64.getEncoder().encodeToString(in.readAllBytes())
          + ")}";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Font load(String name) throws IOException {
    try (InputStream in = open(name)) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (FontFormatException e) {
      throw new IllegalStateException(name + " is not a font", e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Fonts.class.getResourceAsStream(name), name);
  }
}
