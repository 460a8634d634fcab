package dev.multijvm.statistics;

import java.util.function.DoubleUnaryOperator;

/// What a measurement says about a number: an [Interval], or a [Point] where there were too few
/// observations for one.
public sealed interface Estimate permits Interval, Point {
  /// The most plausible value.
  double estimate();

  /// The same statement about `increasing(x)` instead of `x`; the function must be strictly
  /// increasing.
  Estimate map(DoubleUnaryOperator increasing);

  /// The same statement about `1/x` instead of `x`, which must be positive: a ratio of times as a
  /// speed-up.
  Estimate reciprocal();
}
