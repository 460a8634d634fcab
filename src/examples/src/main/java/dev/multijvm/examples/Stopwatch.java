package dev.multijvm.examples;

import java.util.Locale;

/// Seconds since it was started.
record Stopwatch(long startNanos) {
  static Stopwatch start() {
    return new Stopwatch(System.nanoTime());
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f s", seconds());
  }
}
