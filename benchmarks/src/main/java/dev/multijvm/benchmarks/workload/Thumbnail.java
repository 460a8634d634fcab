package dev.multijvm.benchmarks.workload;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Decodes a JPEG, blurs it and makes a thumbnail, as the tutorials do with large photographs.
///
/// The pictures are painted by a program: sixteen fields, light or dark as the bits of a number
/// say, under noise. Whoever decodes, blurs and scales one rightly can read the number off its
/// thumbnail.
///
/// @param file the path of the picture
/// @param number which the picture shows, of 16 bits
public record Thumbnail(String file, int number) implements Workload {

  private static final int SIZE = 50;

  /// Fields in a row and in a column.
  private static final int FIELDS = 4;

  private static final int DARK = 60;
  private static final int LIGHT = 195;
  private static final int NOISE = 48;
  private static final int MIDDLE = 128;

  /// Paints a picture and returns the task that makes its thumbnail.
  ///
  /// @param width in pixels; the height is two thirds of it
  public static Thumbnail of(Path file, int width, int number) {
    int height = width * 2 / 3;
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    paint(bytes(picture), width, height, number);
    try {
      ImageIO.write(picture, "jpg", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Thumbnail(file.toString(), number);
  }

  private static void paint(byte[] pixels, int width, int height, int number) {
    long noise = number + 1L;
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int bit = FIELDS * (y * FIELDS / height) + x * FIELDS / width;
        int light = ((number >> bit) & 1) == 1 ? LIGHT : DARK;
        noise ^= noise << 13;
        noise ^= noise >>> 7;
        noise ^= noise << 17;
        for (int channel = 0; channel < 3; channel++) {
          int deviation = (int) ((noise >>> (8 * channel)) & 0xff) % NOISE - NOISE / 2;
          pixels[at++] = (byte) (light + deviation);
        }
      }
    }
  }

  private static byte[] bytes(BufferedImage picture) {
    return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
  }

  @Override
  public String kernel() {
    return "thumbnail";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return number;
  }

  @Override
  public Long call() throws IOException {
    var picture = ImageIO.read(Path.of(file).toFile());
    if (picture == null || picture.getType() != BufferedImage.TYPE_3BYTE_BGR) {
      throw new IOException("not a picture in colour: " + file);
    }
    var pixels = bytes(picture);
    Blur.blur(pixels, 3 * picture.getWidth());
    return numberIn(scaled(pixels, picture.getWidth(), picture.getHeight()));
  }

  /// The mean of each of 50 by 50 blocks, in grey.
  private static int[][] scaled(byte[] pixels, int width, int height) {
    var thumbnail = new int[SIZE][SIZE];
    for (int row = 0; row < SIZE; row++) {
      for (int column = 0; column < SIZE; column++) {
        thumbnail[row][column] =
            mean(
                pixels,
                3 * width,
                row * height / SIZE,
                (row + 1) * height / SIZE,
                3 * (column * width / SIZE),
                3 * ((column + 1) * width / SIZE));
      }
    }
    return thumbnail;
  }

  private static int mean(byte[] pixels, int rowBytes, int top, int bottom, int left, int right) {
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int at = y * rowBytes + left; at < y * rowBytes + right; at++) {
        sum += pixels[at] & 0xff;
      }
    }
    return (int) (sum / Math.max(1, (bottom - top) * (right - left)));
  }

  private static long numberIn(int[][] thumbnail) {
    long number = 0;
    for (int bit = 0; bit < FIELDS * FIELDS; bit++) {
      int row = (2 * (bit / FIELDS) + 1) * SIZE / (2 * FIELDS);
      int column = (2 * (bit % FIELDS) + 1) * SIZE / (2 * FIELDS);
      number |= (thumbnail[row][column] > MIDDLE ? 1L : 0L) << bit;
    }
    return number;
  }
}
