package dev.multijvm.report.chart;

import java.util.Arrays;

/// The shades of a picture, numbered as they come and counted; a shade is a colour on light paper
/// with its counterpart on dark paper. A hash table without objects, because every edge in a
/// picture is looked up in it.
final class Shades {
  /// Spreads neighbouring shades over the table: 2^64 divided by the golden ratio.
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  /// Numbers of shades, each one higher than it is; 0 is a free place.
  private int[] table = new int[1 << 12];

  private long[] shades = new long[table.length / 2];
  private int[] counts = new int[shades.length];
  private int size;

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

  /// Counts so many pixels of a shade.
  ///
  /// @return its number
  int add(long shade, int pixels) {
    int place = place(shade);
    if (table[place] == 0) {
      if (size == shades.length) {
        grow();
        place = place(shade);
      }
      shades[size] = shade;
      table[place] = ++size;
    }
    int number = table[place] - 1;
    counts[number] += pixels;
    return number;
  }

  int size() {
    return size;
  }

  long shade(int number) {
    return shades[number];
  }

  /// How many pixels have the shade of a number.
  int count(int number) {
    return counts[number];
  }

  /// Where the number of `shade` is, or would be.
  private int place(long shade) {
    int mask = table.length - 1;
    int place = (int) ((shade * GOLDEN) >>> 40) & mask;
    while (table[place] != 0 && shades[table[place] - 1] != shade) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /// Keeps half of the table free.
  private void grow() {
    shades = Arrays.copyOf(shades, 2 * shades.length);
    counts = Arrays.copyOf(counts, shades.length);
    table = new int[2 * shades.length];
    for (int number = 0; number < size; number++) {
      table[place(shades[number])] = number + 1;
    }
  }
}
