package dev.multijvm.report.chart;

import java.util.List;

/// How many of a chart's values have intervals, for a caption that promises no more than is drawn.
public enum Intervals {
  NONE,
  SOME,
  ALL;

  /// @param known for each value, whether its interval is known
  static Intervals of(List<Boolean> known) {
    if (!known.contains(true)) {
      return NONE;
    }
    return known.contains(false) ? SOME : ALL;
  }
}
