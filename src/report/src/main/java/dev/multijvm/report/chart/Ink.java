package dev.multijvm.report.chart;

/// What a colour is for. The colours themselves are a [Theme]'s.
public enum Ink {
  PAPER,
  TEXT,
  MUTED,
  GRID,
  SHADE,
  /// One thread: Okabe and Ito's black, or white on dark paper.
  PLAIN,
  BLUE,
  SKY,
  GREEN,
  VERMILLION,
  ORANGE,
  PURPLE
}
