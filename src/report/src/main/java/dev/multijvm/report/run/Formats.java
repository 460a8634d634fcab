package dev.multijvm.report.run;

import org.jspecify.annotations.Nullable;

/// Recognizes a file by the format it names, and what cannot be a measurement.
final class Formats {
  private Formats() {}

  static void require(String wanted, String found) {
    if (!wanted.equals(found)) {
      throw new IllegalArgumentException("format must be " + wanted + ": " + found);
    }
  }

  static void requireFinite(String name, @Nullable Double value) {
    if (value != null && !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite: " + value);
    }
  }

  static void requireNotNegative(String name, @Nullable Double value) {
    requireFinite(name, value);
    if (value != null && value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
  }
}
