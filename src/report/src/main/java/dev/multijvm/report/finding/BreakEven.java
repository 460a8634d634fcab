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
/// through 1 for the last time as tasks grow.
///
/// Between measured sizes a ratio is a straight line on logarithmic axes. The limits are where the
/// limits of the ratios fall through 1, so the level is that of each ratio.
///
/// @param curve the ratio at each size, ascending
/// @param size empty where the ratio never falls through 1 between two sizes
/// @param low the least plausible size; empty where it lies below all sizes
/// @param high the greatest plausible size; empty where it lies above all sizes
public record BreakEven(
    List<Sized> curve, OptionalDouble size, OptionalDouble low, OptionalDouble high) {
  /// A ratio of times at a task size.
  public record Sized(double size, Estimate ratio) {
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
    return curve.size() < 2 ? Optional.empty() : Optional.of(of(curve));
  }

  static BreakEven of(List<Sized> curve) {
    List<Sized> ascending = curve.stream().sorted(Comparator.comparingDouble(Sized::size)).toList();
    return new BreakEven(
        ascending,
        crossing(ascending, sized -> sized.ratio.estimate()),
        crossing(ascending, Sized::low),
        crossing(ascending, Sized::high));
  }

  /// The size with its limits: `840 µs [511, 1,101]`; only where there is one, and where sizes are
  /// times.
  public String words() {
    double middle = size.orElseThrow();
    Scale scale = Scale.of(middle);
    return scale.text(middle)
        + " ["
        + limit(low, scale, "below all")
        + ", "
        + limit(high, scale, "above all")
        + "]";
  }

  private static String limit(OptionalDouble limit, Scale scale, String otherwise) {
    return limit.isPresent() ? Wording.number(scale.convert(limit.getAsDouble())) : otherwise;
  }

  /// Whether the ratio is above 1 at the largest tasks, beyond doubt.
  public boolean isNever() {
    return curve.getLast().low() > 1;
  }

  /// Whether the ratio is below 1 at all sizes, beyond doubt.
  public boolean isAlways() {
    return curve.stream().allMatch(sized -> sized.high() < 1);
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
