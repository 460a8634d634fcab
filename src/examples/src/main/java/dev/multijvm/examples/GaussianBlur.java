package dev.multijvm.examples;

import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/// A Gaussian blur in the picture's own place, along rows and then along columns. Beside the
/// picture it needs as many rows as its kernel has weights.
final class GaussianBlur {
  private final int radius;
  private final float[] weights;

  GaussianBlur(int radius) {
    this.radius = radius;
    weights = new float[2 * radius + 1];
    var sigma = radius / 2.0;
    var sum = 0.0;
    for (var i = -radius; i <= radius; i++) {
      sum += weight(i, sigma);
    }
    for (var i = -radius; i <= radius; i++) {
      weights[i + radius] = (float) (weight(i, sigma) / sum);
    }
  }

  private static double weight(int distance, double sigma) {
    return Math.exp(-distance * distance / (2 * sigma * sigma));
  }

  /// Goes down the picture with a window of blurred rows around the row that it writes. Beyond the
  /// edges lie copies of the outermost row and column.
  void apply(WritableRaster picture) {
    var height = picture.getHeight();
    var window = new float[weights.length][];
    for (var y = -radius; y < radius; y++) {
      window[Math.floorMod(y, window.length)] = blurredRow(picture, Math.clamp(y, 0, height - 1));
    }
    for (var y = 0; y < height; y++) {
      var entering = y + radius;
      window[entering % window.length] = blurredRow(picture, Math.min(entering, height - 1));
      writeRow(picture, y, window);
    }
  }

  private float[] blurredRow(Raster picture, int y) {
    var bands = picture.getNumBands();
    var row = picture.getPixels(0, y, picture.getWidth(), 1, (int[]) null);
    var widened = widened(row, bands);
    var blurred = new float[row.length];
    for (var i = 0; i < weights.length; i++) {
      add(weights[i], widened, i * bands, blurred);
    }
    return blurred;
  }

  /// The row, with `radius` copies of its first and last pixel on either side.
  private float[] widened(int[] row, int bands) {
    var widened = new float[row.length + 2 * radius * bands];
    for (var at = 0; at < widened.length; at++) {
      var x = Math.clamp(at / bands - radius, 0, row.length / bands - 1);
      widened[at] = row[x * bands + at % bands];
    }
    return widened;
  }

  private void writeRow(WritableRaster picture, int y, float[][] window) {
    var sums = new float[picture.getWidth() * picture.getNumBands()];
    for (var i = -radius; i <= radius; i++) {
      add(weights[i + radius], window[Math.floorMod(y + i, window.length)], 0, sums);
    }
    var row = new int[sums.length];
    Arrays.setAll(row, at -> Math.round(sums[at]));
    picture.setPixels(0, y, picture.getWidth(), 1, row);
  }

  private static void add(float weight, float[] values, int from, float[] sums) {
    for (var at = 0; at < sums.length; at++) {
      sums[at] += weight * values[from + at];
    }
  }
}
