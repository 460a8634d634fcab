package dev.multijvm.examples;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Pictures as large as a camera's, painted by a program, and their thumbnails.
public final class Pictures {
  static final int TUTORIAL_WIDTH = 6000;
  private static final int THUMBNAIL = 50;
  private static final int BLUR_RADIUS = 12;

  private Pictures() {}

  /// Paints five pictures into a new temporary directory, which takes seconds if they are large,
  /// and prints where. They are deleted at the end of this process; thumbnails beside them stay.
  static List<File> paintFive(int width) throws IOException {
    var height = width * 2 / 3;
    var directory = Files.createTempDirectory("pictures").toFile();
    directory.deleteOnExit();
    System.out.printf("painting five pictures of %d x %d into %s%n", width, height, directory);
    var pictures = new ArrayList<File>();
    for (var number = 1; number <= 5; number++) {
      var file = new File(directory, "picture-" + number + ".png");
      ImageIO.write(paint(width, height, number), "png", file);
      file.deleteOnExit();
      pictures.add(file);
    }
    return pictures;
  }

  private static BufferedImage paint(int width, int height, int seed) {
    var random = new Random(seed);
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < width; x++) {
        var light = 255 * x / width;
        picture.setRGB(
            x, y, light << 16 | (255 * y / height) << 8 | random.nextInt(64) * seed % 256);
      }
    }
    return picture;
  }

  /// Blurs a picture, makes a thumbnail of 50 x 50 beside it, and prints its name.
  ///
  /// @return the name
  public static String makeThumbnail(File picture) {
    try {
      var image = ImageIO.read(picture);
      new GaussianBlur(BLUR_RADIUS).apply(image.getRaster());
      var file = new File(picture.getParentFile(), "thumbnail-of-" + picture.getName());
      ImageIO.write(scaled(image), "png", file);
      System.out.println(file.getName());
      return file.getName();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage scaled(BufferedImage picture) {
    var thumbnail = new BufferedImage(THUMBNAIL, THUMBNAIL, BufferedImage.TYPE_INT_RGB);
    var graphics = thumbnail.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, THUMBNAIL, THUMBNAIL, null);
    graphics.dispose();
    return thumbnail;
  }

  static int widthFrom(String[] arguments) {
    return arguments.length == 0 ? TUTORIAL_WIDTH : Integer.parseInt(arguments[0]);
  }
}
