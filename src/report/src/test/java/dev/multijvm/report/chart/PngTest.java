package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngTest {
  @Test
  void drawingOfFewColorsIsReadBackAsItWas() throws IOException {
    BufferedImage image = new BufferedImage(37, 11, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.setRGB(x, y, 0xffffff - 7 * (x * y % 200));
      }
    }

    BufferedImage copy = read(Png.of(_ -> image), Theme.LIGHT);

    assertThat(copy.getWidth()).isEqualTo(37);
    assertThat(pixels(copy)).isEqualTo(pixels(image));
  }

  @Test
  void ofTooManyColorsTheFrequentAreExactAndTheRareAreNear() throws IOException {
    BufferedImage image = new BufferedImage(400, 8, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.setRGB(x, y, y == 0 ? x << 8 : 0xd55e00);
      }
    }

    BufferedImage copy = read(Png.of(_ -> image), Theme.LIGHT);

    assertThat(copy.getRGB(399, 7) & 0xffffff).isEqualTo(0xd55e00);
    assertThat(copy.getRGB(200, 0) & 0xffffff).isEqualTo(200 << 8);
    assertThat(copy.getRGB(399, 0) & 0xffffff).as("of 0x018f00").isEqualTo(0x008f00);
  }

  @Test
  void bothFilesShowWhatWasDrawnForTheirTheme() throws IOException {
    BufferedImage light = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    light.setRGB(0, 0, 0xffffff);
    light.setRGB(1, 0, 0xffffff);
    BufferedImage dark = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    dark.setRGB(0, 0, 0x0d1117);
    dark.setRGB(1, 0, 0x2b323b);

    Map<Theme, byte[]> files = Png.of(theme -> theme == Theme.LIGHT ? light : dark);

    assertThat(pixels(read(files, Theme.LIGHT))).isEqualTo(pixels(light));
    assertThat(pixels(read(files, Theme.DARK))).isEqualTo(pixels(dark));
  }

  private static BufferedImage read(Map<Theme, byte[]> files, Theme theme) throws IOException {
    byte[] file = Objects.requireNonNull(files.get(theme));
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
