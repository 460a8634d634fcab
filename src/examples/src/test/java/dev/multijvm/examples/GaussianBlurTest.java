package dev.multijvm.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class GaussianBlurTest {
  private static final GaussianBlur BLUR = new GaussianBlur(2);

  private static BufferedImage picture(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
  }

  @Test
  void oneColourStaysAsItIsToTheEdges() {
    var picture = picture(7, 3);
    for (var x = 0; x < 7; x++) {
      for (var y = 0; y < 3; y++) {
        picture.setRGB(x, y, new Color(200, 100, 50).getRGB());
      }
    }

    BLUR.apply(picture.getRaster());

    for (var x = 0; x < 7; x++) {
      for (var y = 0; y < 3; y++) {
        assertThat(new Color(picture.getRGB(x, y))).isEqualTo(new Color(200, 100, 50));
      }
    }
  }

  /// The weights at the distances 0, 1 and 2 are as 1, exp(-1/2) and exp(-2).
  @Test
  void pointBecomesTheProductOfTheWeights() {
    var picture = picture(9, 11);
    picture.setRGB(4, 5, Color.RED.getRGB());

    BLUR.apply(picture.getRaster());

    var unit = 1 + 2 * Math.exp(-0.5) + 2 * Math.exp(-2);
    var red = 255 / (unit * unit);
    assertThat(new Color(picture.getRGB(4, 5)))
        .isEqualTo(new Color(Math.toIntExact(Math.round(red)), 0, 0));
    assertThat(new Color(picture.getRGB(3, 5)))
        .isEqualTo(new Color(Math.toIntExact(Math.round(red * Math.exp(-0.5))), 0, 0));
    assertThat(new Color(picture.getRGB(5, 7)))
        .isEqualTo(new Color(Math.toIntExact(Math.round(red * Math.exp(-2.5))), 0, 0));
    assertThat(new Color(picture.getRGB(4, 8))).isEqualTo(Color.BLACK);
    assertThat(new Color(picture.getRGB(7, 5))).isEqualTo(Color.BLACK);
  }
}
