package dev.multijvm.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShadesTest {
  @Test
  void everyShadeHasTheSumOfItsNumbersHoweverManyThereAre() {
    Shades shades = new Shades();

    for (int color = 0; color < 10_000; color++) {
      shades.add(Shades.of(color, 0xffffff - color), color);
      shades.add(Shades.of(color, 0xffffff - color), 1);
    }

    assertThat(shades.all().count()).isEqualTo(10_000);
    assertThat(shades.all())
        .allMatch(shade -> Shades.dark(shade) == 0xffffff - Shades.light(shade))
        .allMatch(shade -> shades.number(shade) == Shades.light(shade) + 1);
    assertThat(shades.number(Shades.of(1, 1))).as("of one that was not added").isZero();
  }
}
