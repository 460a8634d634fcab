package dev.multijvm.report.chart;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/// A range of values and what it means.
///
/// @param label what is measured, in which unit: "ms for one operation"
/// @param spacing what equal distances are; a logarithmic range is positive
/// @param ticks values that have one where there is room, and what they are called; empty for round
///   values
public record Axis(
    String label, double low, double high, Spacing spacing, NavigableMap<Double, String> ticks) {
  private static final double MARGIN = 0.06;
  private static final double ROOM_FOR_HALF_A_MARKER = 0.018;

  /// What equal distances on an axis are.
  public enum Spacing {
    /// Equal differences.
    EVEN,
    /// The same, of things that there are no halves of.
    COUNTING,
    /// Equal ratios.
    LOGARITHMIC,
    /// Equal times; values are days since 1970 began, in UTC.
    CALENDAR
  }

  public Axis {
    ticks = Collections.unmodifiableNavigableMap(new TreeMap<>(ticks));
    if (!(low < high) || (spacing == Spacing.LOGARITHMIC && low <= 0)) {
      throw new IllegalArgumentException("not a range: " + low + " to " + high);
    }
  }

  /// With ticks at round values.
  private Axis(String label, double low, double high, Spacing spacing) {
    this(label, low, high, spacing, Collections.emptyNavigableMap());
  }

  /// From exactly `low` to `high`.
  public static Axis even(String label, double low, double high) {
    return new Axis(label, low, high, Spacing.EVEN);
  }

  /// From a little below `least` to a little above `greatest`, with ticks at whole numbers.
  public static Axis counting(String label, int least, int greatest) {
    double margin = (greatest - least) * MARGIN;
    return new Axis(label, least - margin, greatest + margin, Spacing.COUNTING);
  }

  /// From zero to a little more than the greatest of `values`.
  public static Axis fromZero(String label, double... values) {
    double greatest = Arrays.stream(values).max().orElse(1);
    double high = greatest > 0 ? greatest * (1 + MARGIN) : 1;
    return even(label, -high * ROOM_FOR_HALF_A_MARKER, high);
  }

  /// A little wider than the range of `values` and zero.
  public static Axis aroundZero(String label, double... values) {
    double least = Math.min(0, Arrays.stream(values).min().orElse(0));
    double greatest = Math.max(0, Arrays.stream(values).max().orElse(0));
    double range = greatest > least ? greatest - least : 1;
    double below = least < 0 ? MARGIN : ROOM_FOR_HALF_A_MARKER;
    return even(label, least - range * below, greatest + range * MARGIN);
  }

  /// A little wider than the range of the positive `values`.
  public static Axis logarithmic(String label, double... values) {
    double least = Arrays.stream(values).filter(value -> value > 0).min().orElse(0.1);
    double greatest = Arrays.stream(values).filter(value -> value > 0).max().orElse(10);
    double margin = Math.max(Math.pow(greatest / least, MARGIN), 1.02);
    return new Axis(label, least / margin, greatest * margin, Spacing.LOGARITHMIC);
  }

  /// The same of few values, `chosen` by whoever measured, with ticks at these.
  ///
  /// @param name what a value is called
  public static Axis logarithmicAt(
      String label, Collection<Integer> chosen, IntFunction<String> name) {
    Axis axis = logarithmic(label, chosen.stream().mapToDouble(Integer::doubleValue).toArray());
    NavigableMap<Double, String> ticks = new TreeMap<>();
    chosen.forEach(value -> ticks.put((double) value, name.apply(value)));
    return new Axis(label, axis.low, axis.high, Spacing.LOGARITHMIC, ticks);
  }

  /// A little wider than the range of `days` since 1970 began.
  public static Axis calendar(String label, double... days) {
    double first = Arrays.stream(days).min().orElse(0);
    double last = Arrays.stream(days).max().orElse(0);
    double margin = Math.max((last - first) * ROOM_FOR_HALF_A_MARKER, 0.5);
    return new Axis(label, first - margin, last + margin, Spacing.CALENDAR);
  }
}
