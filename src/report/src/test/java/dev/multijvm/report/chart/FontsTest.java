package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class FontsTest {
  private static final Font FONT = Fonts.regular(13);

  @Test
  void aTextIsAsWideAsJavaDrawsIt() {
    FontRenderContext exact = new FontRenderContext(null, true, true);

    for (String text : List.of("", "Ta, Wo, AVATAR fi", "0.51 [0.50, 0.53]", "2×10⁸ ÷ µs → 面 x")) {
      assertThat(Fonts.width(FONT, text))
          .as(text)
          .isCloseTo(FONT.getStringBounds(text, exact).getWidth(), within(0.01));
    }
  }

  @Test
  void noWordStandsAloneOnTheLastLine() {
    String text = "Time of the process pool divided by that of the thread pool, in 6 rounds.";
    double width =
        Fonts.width(FONT, "Time of the process pool divided by that of the thread pool, in 6");

    assertThat(Fonts.wrap(FONT, text, width)).hasSize(2).last().asString().endsWith(" rounds.");
  }
}
