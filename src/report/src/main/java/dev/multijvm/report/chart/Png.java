package dev.multijvm.report.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Writes a drawing as two PNG files, for light and for dark paper, each with a palette: half the
/// time and half the bytes of full colours.
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

  /// The filter of a row of differences from the row above; other rows are as they are, because
  /// flat colours compress best so.
  private static final byte UP = 2;

  /// Higher levels take a third longer for a twentieth less.
  private static final int LEVEL = 4;

  private final int width;
  private final int height;

  /// The numbers of each row's shades; null where it looks like the row above, as most do.
  private final int[] @Nullable [] numbers;

  private final Shades shades = new Shades();
  private final long[] palette;

  /// The index in the palette of each shade, by its number.
  private final byte[] indices;

  private Png(BufferedImage onLight, BufferedImage onDark) {
    width = onLight.getWidth();
    height = onLight.getHeight();
    int[] light = pixels(onLight);
    int[] dark = pixels(onDark);
    numbers = new int[height][];
    for (int row = 0; row < height; row++) {
      if (row == 0 || !isAsAbove(light, row) || !isAsAbove(dark, row)) {
        numbers[row] = numbered(light, dark, row);
      }
    }
    int[] byFrequency = byFrequency();
    palette = Arrays.stream(byFrequency).limit(MOST_SHADES).mapToLong(shades::shade).toArray();
    indices = new byte[byFrequency.length];
    for (int i = 0; i < byFrequency.length; i++) {
      int number = byFrequency[i];
      indices[number] = (byte) (i < palette.length ? i : nearest(shades.shade(number)));
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

  private boolean isAsAbove(int[] pixels, int row) {
    int start = row * width;
    return Arrays.equals(pixels, start, start + width, pixels, start - width, start);
  }

  private int[] numbered(int[] light, int[] dark, int row) {
    int[] numbered = new int[width];
    int first = row * width;
    int end = first + width;
    for (int start = first; start < end; ) {
      int next = start + 1;
      while (next < end && light[next] == light[start] && dark[next] == dark[start]) {
        next++;
      }
      int number = shades.add(Shades.of(light[start], dark[start]), next - start);
      Arrays.fill(numbered, start - first, next - first, number);
      start = next;
    }
    return numbered;
  }

  /// The numbers of all shades, the most frequent ones first.
  private int[] byFrequency() {
    return IntStream.range(0, shades.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(number -> -shades.count(number))
                .thenComparingLong(shades::shade))
        .mapToInt(Integer::intValue)
        .toArray();
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

  /// Each row begins with its filter, which is 0 where it is as it is.
  private byte[] rows() {
    int length = 1 + width;
    byte[] rows = new byte[height * length];
    for (int row = 0; row < height; row++) {
      int start = row * length;
      int[] numbered = numbers[row];
      if (numbered == null) {
        rows[start] = UP;
      } else {
        for (int i = 0; i < width; i++) {
          rows[start + 1 + i] = indices[numbered[i]];
        }
      }
    }
    return rows;
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
