package dev.multijvm.report.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes drawings as PNG: rows as they are, because flat colours compress best unfiltered, and
/// trying filters for every row takes most of the time that ImageIO needs.
///
/// @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics</a>
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 8;
  private static final byte RGB = 2;

  /// Higher levels take twice as long for a tenth less.
  private static final int LEVEL = 6;

  private Png() {}

  /// @param image of type `TYPE_INT_RGB`
  static byte[] of(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 17);
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.getWidth()).putInt(image.getHeight());
    chunk(out, "IHDR", header.put(BITS).put(RGB).array());
    chunk(out, "IDAT", deflated(rows(image)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /// Each row begins with the number of its filter: none.
  private static byte[] rows(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] rows = new byte[image.getHeight() * (1 + 3 * image.getWidth())];
    int at = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      at++;
      for (int i = row * image.getWidth(); i < (row + 1) * image.getWidth(); i++) {
        int pixel = pixels[i];
        rows[at] = (byte) (pixel >> 16);
        rows[at + 1] = (byte) (pixel >> 8);
        rows[at + 2] = (byte) pixel;
        at += 3;
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] bytes) {
    try (Deflater deflater = new Deflater(LEVEL)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 17);
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
