package dev.multijvm.report.chart;

import java.awt.Color;
import java.util.Locale;

/// Colours for light or dark paper: those of Okabe and Ito, which colour-blind readers tell apart,
/// and some greys.
///
/// @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito, Color Universal Design</a>
public enum Theme {
  LIGHT,
  DARK;

  /// `#0072b2`.
  public String hex(Ink ink) {
    return switch (ink) {
      case PAPER -> pick("#ffffff", "#0d1117");
      case TEXT -> pick("#1f2328", "#e6edf3");
      case MUTED -> pick("#59636e", "#9198a1");
      case GRID -> pick("#dde1e6", "#2b323b");
      case SHADE -> pick("#eceff3", "#1c232c");
      case PLAIN -> pick("#000000", "#f0f6fc");
      case BLUE -> "#0072b2";
      case SKY -> "#56b4e9";
      case GREEN -> "#009e73";
      case VERMILLION -> "#d55e00";
      case ORANGE -> "#e69f00";
      case PURPLE -> "#cc79a7";
    };
  }

  public Color color(Ink ink) {
    return Color.decode(hex(ink));
  }

  /// `light` or `dark`, the end of a file's name.
  public String suffix() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String pick(String light, String dark) {
    return this == LIGHT ? light : dark;
  }
}
