package dev.multijvm.statistics;

import java.util.function.DoubleUnaryOperator;

/// An estimate between two confidence limits.
///
/// @param low the lower limit
/// @param estimate the most plausible value
/// @param high the upper limit
/// @param level the probability, known exactly or as a lower bound, with which such limits enclose
///   the true value; often not the one asked for, because ranks allow only certain levels
public record Interval(double low, double estimate, double high, double level) implements Estimate {
  public Interval {
    Numbers.requireFinite(low, estimate, high);
    Numbers.requireLevel(level);
    if (low > estimate || estimate > high) {
      throw new IllegalArgumentException(
          "limits must enclose the estimate: " + low + ", " + estimate + ", " + high);
    }
  }

  @Override
  public Interval map(DoubleUnaryOperator increasing) {
    return new Interval(
        increasing.applyAsDouble(low),
        increasing.applyAsDouble(estimate),
        increasing.applyAsDouble(high),
        level);
  }

  @Override
  public Interval reciprocal() {
    Numbers.requirePositive(low);
    return new Interval(1 / high, 1 / estimate, 1 / low, level);
  }

  /// Whether `value` lies between the limits or on one of them.
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /// Whether both limits lie strictly between `floor` and `ceiling`.
  public boolean isInside(double floor, double ceiling) {
    return floor < low && high < ceiling;
  }

  /// How far the more distant limit is from the estimate.
  public double reach() {
    return Math.max(high - estimate, estimate - low);
  }
}
