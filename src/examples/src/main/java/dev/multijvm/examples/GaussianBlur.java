package dev.multijvm.examples;

import java.awt.image.BufferedImage;

/// A Gaussian blur by two passes of a one-dimensional kernel, first along rows, then along columns.
final class GaussianBlur {
  private final int radius;
  private final double[] weights;

  GaussianBlur(int radius) {
    this.radius = radius;
    weights = new double[2 * radius + 1];
    var sigma = radius / 2.0;
    var sum = 0.0;
    for (var i = -radius; i <= radius; i++) {
      weights[i + radius] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += weights[i + radius];
    }
    for (var i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
  }

  BufferedImage apply(BufferedImage picture) {
    var width = picture.getWidth();
    var height = picture.getHeight();
    var pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    var turned = blurRowsAndTurn(pixels, width, height);
    var blurred = blurRowsAndTurn(turned, height, width);
    var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    result.setRGB(0, 0, width, height, blurred, 0, width);
    return result;
  }

  /// Blurs along rows and swaps rows and columns, so that doing it twice blurs both ways.
  private int[] blurRowsAndTurn(int[] pixels, int width, int height) {
    var turned = new int[pixels.length];
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < width; x++) {
        turned[x * height + y] = blurred(pixels, y * width, width, x);
      }
    }
    return turned;
  }

  private int blurred(int[] pixels, int row, int width, int x) {
    double red = 0;
    double green = 0;
    double blue = 0;
    for (var i = -radius; i <= radius; i++) {
      var pixel = pixels[row + Math.clamp(x + i, 0, width - 1)];
      var weight = weights[i + radius];
      red += weight * (pixel >> 16 & 0xff);
      green += weight * (pixel >> 8 & 0xff);
      blue += weight * (pixel & 0xff);
    }
    return (int) Math.round(red) << 16 | (int) Math.round(green) << 8 | (int) Math.round(blue);
  }
}
