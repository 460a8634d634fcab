package dev.multijvm.statistics;

import java.util.function.DoubleUnaryOperator;

/// An estimate without an interval, because `observed` observations are fewer than the `needed`
/// ones.
///
/// @param estimate the most plausible value
/// @param observed how many observations there were
/// @param needed how many an interval wants
public record Point(double estimate, int observed, int needed) implements Estimate {
  public Point {
    Numbers.requireFinite(estimate);
    if (observed < 1 || observed >= needed) {
      throw new IllegalArgumentException(
          "observed must be from 1 to one below needed: " + observed + " of " + needed);
    }
  }

  @Override
  public Point map(DoubleUnaryOperator increasing) {
    return new Point(increasing.applyAsDouble(estimate), observed, needed);
  }

  @Override
  public Point reciprocal() {
    Numbers.requirePositive(estimate);
    return new Point(1 / estimate, observed, needed);
  }
}
