package dev.multijvm.report.finding;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// From which task size on one mode is as fast as another: where the ratio of their times falls
/// through 1 for the last time as tasks grow. Or up to which payload it is: where the ratio rises
/// through 1 for the first time as more travels with a task.
///
/// Between measured sizes a ratio is a straight line on logarithmic axes. The limits are where the
/// limits of the ratios fall through 1, so the level is that of each ratio.
///
/// @param curve the ratio at each size, ascending
/// @param size empty where the ratio never passes 1 so between two sizes
/// @param low the least plausible size; empty where it lies below all sizes, and `size` where the
///   ratios on its two sides have no intervals
/// @param high the greatest plausible size; empty where it lies above all sizes; likewise
public record BreakEven(
    List<Sized> curve, OptionalDouble size, OptionalDouble low, OptionalDouble high) {
  /// A ratio of times at a task size.
  public record Sized(double size, Estimate ratio) {
    /// Whether the ratio is beyond doubt above or below 1.
    public boolean isDecided() {
      return ratio instanceof Interval && (low() > 1 || high() < 1);
    }

    double low() {
      return switch (ratio) {
        case Interval interval -> interval.low();
        case Point point -> point.estimate();
      };
    }

    double high() {
      return switch (ratio) {
        case Interval interval -> interval.high();
        case Point point -> point.estimate();
      };
    }
  }

  public BreakEven {
    curve = List.copyOf(curve);
  }

  /// Of two modes of a workload that sweeps the size of its tasks or what travels with them; empty
  /// with fewer than two sizes that can be compared.
  public static Optional<BreakEven> of(Workload workload, Mode numerator, Mode denominator) {
    List<Sized> curve = new ArrayList<>();
    for (int value : workload.values()) {
      OptionalDouble size = workload.taskSize(value);
      if (size.isPresent()) {
        workload
            .cell(numerator, workload.temperature(), value)
            .flatMap(
                n -> workload.cell(denominator, workload.temperature(), value).flatMap(n::ratioTo))
            .ifPresent(paired -> curve.add(new Sized(size.getAsDouble(), paired.ratio())));
      }
    }
    return curve.size() < 2
        ? Optional.empty()
        : Optional.of(workload.cutsWork() ? falling(curve) : rising(curve));
  }

  static BreakEven falling(List<Sized> curve) {
    List<Sized> ascending = ascending(curve);
    return of(ascending, ascending, Sized::low, Sized::high);
  }

  /// What rises as sizes grow falls as they shrink, and the upper limit passes 1 at the least size.
  static BreakEven rising(List<Sized> curve) {
    List<Sized> ascending = ascending(curve);
    List<Sized> descending = ascending.reversed();
    return of(ascending, descending, Sized::high, Sized::low);
  }

  private static BreakEven of(
      List<Sized> ascending,
      List<Sized> falling,
      ToDoubleFunction<Sized> first,
      ToDoubleFunction<Sized> last) {
    OptionalDouble size = crossing(falling, sized -> sized.ratio.estimate());
    boolean hasInterval = size.isEmpty() || isBetweenIntervals(ascending, size.getAsDouble());
    return new BreakEven(
        ascending,
        size,
        hasInterval ? crossing(falling, first) : size,
        hasInterval ? crossing(falling, last) : size);
  }

  private static boolean isBetweenIntervals(List<Sized> ascending, double size) {
    int above = 1;
    while (above < ascending.size() - 1 && ascending.get(above).size < size) {
      above++;
    }
    return ascending.get(above - 1).ratio instanceof Interval
        && ascending.get(above).ratio instanceof Interval;
  }

  private static List<Sized> ascending(List<Sized> curve) {
    return curve.stream().sorted(Comparator.comparingDouble(Sized::size)).toList();
  }

  /// The size with its limits, where it has any: `840 µs [511, 1,101]`; only where there is one,
  /// and where sizes are times.
  public String millis() {
    Scale scale = Scale.of(size.orElseThrow());
    return words(scale.unit(), scale.convert(1));
  }

  /// The same where sizes are bytes: `3.40 KiB [2.10, 5.00]`.
  public String bytes() {
    double middle = size.orElseThrow();
    return middle >= 1 << 20
        ? words("MiB", 1.0 / (1 << 20))
        : middle >= 1 << 10 ? words("KiB", 1.0 / (1 << 10)) : words("bytes", 1);
  }

  private String words(String unit, double factor) {
    String middle = Wording.number(size.orElseThrow() * factor) + " " + unit;
    if (low.equals(size) && high.equals(size)) {
      return middle;
    }
    return middle
        + " ["
        + limit(low, factor, "below all")
        + ", "
        + limit(high, factor, "above all")
        + "]";
  }

  private static String limit(OptionalDouble limit, double factor, String otherwise) {
    return limit.isPresent() ? Wording.number(limit.getAsDouble() * factor) : otherwise;
  }

  /// Whether the ratio is above 1 at all sizes, beyond doubt.
  public boolean isNever() {
    return curve.stream().allMatch(sized -> sized.isDecided() && sized.low() > 1);
  }

  /// Whether the ratio is below 1 at all sizes, beyond doubt.
  public boolean isAlways() {
    return curve.stream().allMatch(sized -> sized.isDecided() && sized.high() < 1);
  }

  private static OptionalDouble crossing(List<Sized> curve, ToDoubleFunction<Sized> ratio) {
    for (int i = curve.size() - 1; i > 0; i--) {
      double before = Math.log(ratio.applyAsDouble(curve.get(i - 1)));
      double after = Math.log(ratio.applyAsDouble(curve.get(i)));
      if (after > 0) {
        return OptionalDouble.empty();
      }
      if (before > 0) {
        double from = Math.log(curve.get(i - 1).size);
        double to = Math.log(curve.get(i).size);
        return OptionalDouble.of(Math.exp(from + (to - from) * before / (before - after)));
      }
    }
    return OptionalDouble.empty();
  }
}
