package dev.multijvm.statistics;

import java.util.Collection;

/// When a run of rounds has measured enough: at a planned look, once every ratio's interval is
/// narrow.
///
/// @param looks when to look, and with which error
/// @param precision how far the limits may be from the estimate, as a share: 0.02 is 2 %
public record StoppingRule(Looks looks, double precision) {
  /// The rule of a run: every ratio known within 2 %.
  public static final StoppingRule RUN = new StoppingRule(Looks.RUN, 0.02);

  public StoppingRule {
    if (!(precision > 0 && precision < 1)) {
      throw new IllegalArgumentException("precision must be between 0 and 1: " + precision);
    }
  }

  /// What to do after a round.
  public sealed interface Decision {
    /// Measure on; the next look comes after `nextLook` rounds.
    record Continue(int nextLook) implements Decision {}

    /// Stop: no ratio's limits are further away than `widest`, as a share.
    record Precise(double widest) implements Decision {}

    /// Stop: the last look has been had, and the widest interval still reaches so far.
    record Exhausted(double widest) implements Decision {}
  }

  /// Decides after `rounds` rounds.
  ///
  /// @param logarithms for each ratio that matters, ln(numerator / denominator) of its valid rounds
  public Decision decide(int rounds, Collection<double[]> logarithms) {
    boolean planned = looks.looks().stream().anyMatch(look -> look.pairs() == rounds);
    if (!planned && rounds < looks.most()) {
      return new Decision.Continue(looks.after(rounds).orElseThrow());
    }
    double widest = widest(logarithms);
    if (widest <= precision) {
      return new Decision.Precise(widest);
    }
    return rounds < looks.most()
        ? new Decision.Continue(looks.after(rounds).orElseThrow())
        : new Decision.Exhausted(widest);
  }

  /// By which share the limits of the least known ratio are away from it; infinite where one of
  /// them has too few rounds, zero where there is no ratio.
  public double widest(Collection<double[]> logarithms) {
    return logarithms.stream().mapToDouble(this::reach).max().orElse(0);
  }

  private double reach(double[] logarithms) {
    int pairs = logarithms.length;
    if (pairs == 0) {
      return Double.POSITIVE_INFINITY;
    }
    Looks.Look look = looks.covering(Math.min(pairs, looks.most())).orElseThrow();
    return switch (SignedRank.interval(logarithms, look.level())) {
      case Interval interval when look.allows(pairs) -> Math.expm1(interval.reach());
      // Rejected rounds left too few pairs to say how far the limits are.
      case Interval _, Point _ -> Double.POSITIVE_INFINITY;
    };
  }
}
