package dev.multijvm.report.run;

/// Recognizes a file by the format it names.
final class Formats {
  private Formats() {}

  static void require(String wanted, String found) {
    if (!wanted.equals(found)) {
      throw new IllegalArgumentException("format must be " + wanted + ": " + found);
    }
  }
}
