package dev.multijvm.report.chart;

import java.util.Arrays;
import java.util.stream.LongStream;

/// A number for each shade, which is a colour on light paper and its counterpart on dark paper: a
/// hash table without objects, because every edge in a picture is looked up in it.
final class Shades {
  private static final long NONE = -1;

  /// Spreads neighbouring shades over the table: 2^64 divided by the golden ratio.
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private long[] shades = new long[1 << 12];
  private int[] numbers = new int[shades.length];
  private int size;

  Shades() {
    Arrays.fill(shades, NONE);
  }

  /// The shade of two colours of 24 bits; what is above them is ignored.
  static long of(int light, int dark) {
    return ((light & 0xff_ffffL) << 24) | (dark & 0xff_ffff);
  }

  static int light(long shade) {
    return (int) (shade >> 24);
  }

  static int dark(long shade) {
    return (int) (shade & 0xff_ffff);
  }

  /// The number of `shade`, 0 if it has none yet.
  int number(long shade) {
    return numbers[place(shade)];
  }

  /// Adds `more` to the number of `shade`.
  void add(long shade, int more) {
    int place = place(shade);
    numbers[place] += more;
    if (shades[place] == NONE) {
      shades[place] = shade;
      size++;
      if (2 * size > shades.length) {
        grow();
      }
    }
  }

  /// All that were added, in no order.
  LongStream all() {
    return Arrays.stream(shades).filter(shade -> shade != NONE);
  }

  private int place(long shade) {
    int mask = shades.length - 1;
    int place = (int) ((shade * GOLDEN) >>> 40) & mask;
    while (shades[place] != shade && shades[place] != NONE) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldShades = shades;
    int[] oldNumbers = numbers;
    shades = new long[2 * oldShades.length];
    Arrays.fill(shades, NONE);
    numbers = new int[shades.length];
    for (int i = 0; i < oldShades.length; i++) {
      if (oldShades[i] != NONE) {
        int place = place(oldShades[i]);
        shades[place] = oldShades[i];
        numbers[place] = oldNumbers[i];
      }
    }
  }
}
