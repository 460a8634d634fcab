package dev.multijvm.report.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes a drawing as two PNG files, for light and for dark paper, each with a palette: half the
/// time and half the bytes of full colours. Rows are as they are, because flat colours compress
/// best unfiltered.
///
/// Both files have the same rows, indexed and compressed once: an index means a [shade][Shades], a
/// colour on either paper. The 256 most frequent shades are exact. A drawing has more where
/// antialiased edges of several colours meet; the rarest of them become the nearest of those.
///
/// @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics</a>
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte INDEXED = 3;
  private static final int MOST_SHADES = 256;

  /// Higher levels take twice as long for a tenth less.
  private static final int LEVEL = 6;

  private final int width;
  private final int height;
  private final int[] light;
  private final int[] dark;
  private final BitSet repeats = new BitSet();
  private final long[] palette;
  private final Shades indices = new Shades();

  private Png(BufferedImage onLight, BufferedImage onDark) {
    width = onLight.getWidth();
    height = onLight.getHeight();
    light = pixels(onLight);
    dark = pixels(onDark);
    for (int row = 1; row < height; row++) {
      repeats.set(row, isAsAbove(light, row) && isAsAbove(dark, row));
    }
    long[] byFrequency = byFrequency();
    palette = Arrays.copyOf(byFrequency, Math.min(byFrequency.length, MOST_SHADES));
    for (int i = 0; i < byFrequency.length; i++) {
      indices.add(byFrequency[i], i < palette.length ? i : nearest(byFrequency[i]));
    }
  }

  /// @param drawn one drawing on the paper of each theme, of equal size and type `TYPE_INT_RGB`
  static Map<Theme, byte[]> of(Function<Theme, BufferedImage> drawn) {
    Png png = new Png(drawn.apply(Theme.LIGHT), drawn.apply(Theme.DARK));
    byte[] rows = deflated(png.rows());
    return Map.of(
        Theme.LIGHT, png.file(Shades::light, rows), Theme.DARK, png.file(Shades::dark, rows));
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /// Whether a row looks like the one above, as most do.
  private boolean isAsAbove(int[] pixels, int row) {
    int start = row * width;
    return Arrays.equals(pixels, start, start + width, pixels, start - width, start);
  }

  /// All shades, most frequent ones first.
  private long[] byFrequency() {
    Shades counts = counts();
    return counts
        .all()
        .boxed()
        .sorted(
            Comparator.<Long>comparingInt(shade -> -counts.number(shade))
                .thenComparing(Comparator.naturalOrder()))
        .mapToLong(Long::longValue)
        .toArray();
  }

  /// How many pixels have each shade, in rows that do not repeat the one above.
  private Shades counts() {
    Shades counts = new Shades();
    for (int row = repeats.nextClearBit(0); row < height; row = repeats.nextClearBit(row + 1)) {
      int end = (row + 1) * width;
      for (int start = row * width; start < end; ) {
        int next = endOfRun(start, end);
        counts.add(Shades.of(light[start], dark[start]), next - start);
        start = next;
      }
    }
    return counts;
  }

  /// Neighbours mostly have the same colour.
  private int endOfRun(int start, int end) {
    int next = start + 1;
    while (next < end && light[next] == light[start] && dark[next] == dark[start]) {
      next++;
    }
    return next;
  }

  private int nearest(long shade) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(palette[i], shade) < distance(palette[best], shade)) {
        best = i;
      }
    }
    return best;
  }

  /// The sum of squared differences over all six channels.
  private static int distance(long one, long other) {
    int sum = 0;
    for (int shift = 0; shift < 48; shift += 8) {
      int difference = (int) (one >> shift & 0xff) - (int) (other >> shift & 0xff);
      sum += difference * difference;
    }
    return sum;
  }

  /// Each row begins with its filter: none.
  private byte[] rows() {
    int length = 1 + width;
    byte[] rows = new byte[height * length];
    for (int row = 0; row < height; row++) {
      if (repeats.get(row)) {
        System.arraycopy(rows, (row - 1) * length, rows, row * length, length);
      } else {
        index(row, rows);
      }
    }
    return rows;
  }

  private void index(int row, byte[] rows) {
    int filters = row + 1;
    int end = (row + 1) * width;
    for (int start = row * width; start < end; ) {
      int next = endOfRun(start, end);
      int index = indices.number(Shades.of(light[start], dark[start]));
      Arrays.fill(rows, filters + start, filters + next, (byte) index);
      start = next;
    }
  }

  private byte[] file(LongToIntFunction color, byte[] rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length + (1 << 10));
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    chunk(out, "IHDR", header.put(BITS).put(INDEXED).array());
    chunk(out, "PLTE", colors(color));
    chunk(out, "IDAT", rows);
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private byte[] colors(LongToIntFunction colorOf) {
    ByteBuffer colors = ByteBuffer.allocate(3 * palette.length);
    for (long shade : palette) {
      int color = colorOf.applyAsInt(shade);
      colors.put((byte) (color >> 16)).put((byte) (color >> 8)).put((byte) color);
    }
    return colors.array();
  }

  private static byte[] deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater(LEVEL)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
      byte[] buffer = new byte[1 << 16];
      deflater.setInput(bytes);
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
