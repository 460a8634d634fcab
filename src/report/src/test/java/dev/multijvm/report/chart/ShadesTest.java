package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShadesTest {
  @Test
  void everyShadeHasItsNumberAndTheSumOfItsPixelsHoweverManyThereAre() {
    Shades shades = new Shades();

    for (int color = 0; color < 10_000; color++) {
      assertThat(shades.add(Shades.of(color, 0xffffff - color), color)).isEqualTo(color);
      assertThat(shades.add(Shades.of(color, 0xffffff - color), 1)).isEqualTo(color);
    }

    assertThat(shades.size()).isEqualTo(10_000);
    assertThat(IntStream.range(0, 10_000))
        .allMatch(number -> Shades.light(shades.shade(number)) == number)
        .allMatch(number -> Shades.dark(shades.shade(number)) == 0xffffff - number)
        .allMatch(number -> shades.count(number) == number + 1);
  }
}
