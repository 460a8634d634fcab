package dev.multijvm.benchmarks.workload;

import java.util.Arrays;

/// Blurs a picture, as [Thumbnail] does; by itself one of a single colour, so that it can be judged
/// without a file.
///
/// @param steps rows of the picture, at least 1
public record Blur(long steps) implements SteppedWorkload {

  private static final int RADIUS = 12;
  private static final int PASSES = 3;
  private static final int WIDTH = 300;
  private static final byte COLOUR = 77;

  public Blur {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be positive: " + steps);
    }
  }

  @Override
  public String kernel() {
    return "blur";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Blur withSteps(long steps) {
    return new Blur(steps);
  }

  /// For each byte in a row, in each pass: a running sum, which needs the one before.
  @Override
  public double floorCycles() {
    return PASSES * WIDTH;
  }

  /// What has one colour keeps it; its bytes are added up.
  @Override
  public long answer() {
    return steps * 3 * WIDTH * COLOUR;
  }

  @Override
  public Long call() {
    var pixels = new byte[Math.toIntExact(steps * 3 * WIDTH)];
    Arrays.fill(pixels, COLOUR);
    blur(pixels, 3 * WIDTH);
    long sum = 0;
    for (byte pixel : pixels) {
      sum += pixel;
    }
    return sum;
  }

  /// Blurs a picture of three channels in its place.
  static void blur(byte[] pixels, int rowBytes) {
    for (int pass = 0; pass < PASSES; pass++) {
      for (int start = 0; start < pixels.length; start += rowBytes) {
        blurRow(pixels, start, rowBytes);
      }
      blurColumns(pixels, rowBytes, pixels.length / rowBytes);
    }
  }

  /// Replaces each byte of a row by the mean of those around it in its channel, by a running sum.
  private static void blurRow(byte[] pixels, int start, int rowBytes) {
    var row = Arrays.copyOfRange(pixels, start, start + rowBytes);
    int last = rowBytes / 3 - 1;
    for (int channel = 0; channel < 3; channel++) {
      int sum = 0;
      for (int x = -RADIUS; x < RADIUS; x++) {
        sum += row[3 * Math.clamp(x, 0, last) + channel] & 0xff;
      }
      for (int x = 0; x <= last; x++) {
        sum += row[3 * Math.min(x + RADIUS, last) + channel] & 0xff;
        pixels[start + 3 * x + channel] = (byte) (sum / (2 * RADIUS + 1));
        sum -= row[3 * Math.max(x - RADIUS, 0) + channel] & 0xff;
      }
    }
  }

  /// The same for all columns at once, row by row, with the rows that the sums hold kept aside.
  private static void blurColumns(byte[] pixels, int rowBytes, int height) {
    int held = 2 * RADIUS + 1;
    var rows = new byte[held][rowBytes];
    var sums = new int[rowBytes];
    for (int y = -RADIUS; y < RADIUS; y++) {
      hold(rows[Math.floorMod(y, held)], pixels, Math.clamp(y, 0, height - 1), sums);
    }
    for (int y = 0; y < height; y++) {
      int entering = y + RADIUS;
      hold(rows[entering % held], pixels, Math.min(entering, height - 1), sums);
      var leaving = rows[Math.floorMod(y - RADIUS, held)];
      for (int at = 0; at < rowBytes; at++) {
        pixels[y * rowBytes + at] = (byte) (sums[at] / held);
        sums[at] -= leaving[at] & 0xff;
      }
    }
  }

  private static void hold(byte[] row, byte[] pixels, int y, int[] sums) {
    System.arraycopy(pixels, y * row.length, row, 0, row.length);
    for (int at = 0; at < row.length; at++) {
      sums[at] += row[at] & 0xff;
    }
  }
}
