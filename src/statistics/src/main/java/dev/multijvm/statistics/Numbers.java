package dev.multijvm.statistics;

/// Checks at the door, shared by the functions of this package.
final class Numbers {
  private Numbers() {}

  static void requireFinite(double... values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("values must be finite: " + value);
      }
    }
  }

  static void requirePositive(double... values) {
    requireFinite(values);
    for (double value : values) {
      if (value <= 0) {
        throw new IllegalArgumentException("values must be positive: " + value);
      }
    }
  }

  static void requireLevel(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level must be between 0 and 1: " + level);
    }
  }
}
