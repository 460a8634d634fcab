package dev.multijvm.statistics;

/// How a gate decides between base and head while pairs of slots come in: planned looks, a margin
/// below which a change does not count, and a band inside which the two are the same.
///
/// Each datum is the logarithm of head's time over base's for one pair; the interval is the exact
/// signed-rank one.
///
/// @param looks when to look, and with which error
/// @param margin a change up to this share is no regression and no improvement
/// @param same an interval within this share of 1 is no change
public record SequentialDesign(Looks looks, double margin, double same) {
  /// The gate's design: a margin of 2 %, and the same within 3 %.
  public static final SequentialDesign GATE = new SequentialDesign(Looks.GATE, 0.02, 0.03);

  public SequentialDesign {
    if (!(margin > 0 && margin < 1)) {
      throw new IllegalArgumentException("margin must be between 0 and 1: " + margin);
    }
    if (!(same > margin && same < 1)) {
      throw new IllegalArgumentException("same must be between the margin and 1: " + same);
    }
  }

  /// The same design, which tolerates changes up to `margin` and calls half as much again the same.
  public SequentialDesign withMargin(double margin) {
    return new SequentialDesign(looks, margin, 1.5 * margin);
  }

  /// The same design with other looks.
  public SequentialDesign withLooks(Looks looks) {
    return new SequentialDesign(looks, margin, same);
  }

  /// The verdict after these pairs. It counts only at the looks, or once, where the series ends for
  /// a reason that is not in the numbers.
  ///
  /// @param logarithms one per pair: ln(head / base)
  /// @throws IllegalArgumentException if there are more pairs than the last look's
  public Verdict judge(double... logarithms) {
    int pairs = logarithms.length;
    Looks.Look look =
        looks
            .covering(pairs)
            .orElseThrow(
                () -> new IllegalArgumentException(pairs + " pairs, last look " + looks.most()));
    Estimate ratio = SignedRank.interval(logarithms, look.level()).map(Math::exp);
    return switch (ratio) {
      case Point point -> new Verdict.Inconclusive(point, looks.looks().getFirst().pairs());
      case Interval interval when look.allows(pairs) -> judge(interval, pairs);
      // Even the widest interval of so few pairs misses more often than this look may.
      case Interval interval -> new Verdict.Inconclusive(interval, look.pairs());
    };
  }

  private Verdict judge(Interval ratio, int pairs) {
    if (ratio.low() > 1 + margin) {
      return new Verdict.Regressed(ratio);
    }
    if (ratio.high() < 1 / (1 + margin)) {
      return new Verdict.Improved(ratio);
    }
    if (ratio.isInside(1 / (1 + same), 1 + same)) {
      return new Verdict.Same(ratio);
    }
    return new Verdict.Inconclusive(ratio, pairsWanted(ratio, pairs));
  }

  /// An interval's reach shrinks with the square root of the pairs; it must leave the margin or fit
  /// into the band.
  private int pairsWanted(Interval ratio, int pairs) {
    double change = Math.abs(Math.log(ratio.estimate()));
    double reach = Math.log(ratio.high() / ratio.low()) / 2;
    double allowed = Math.max(change - Math.log1p(margin), Math.log1p(same) - change);
    double wanted = Math.ceil(pairs * Math.pow(reach / allowed, 2));
    return (int) Math.min(Math.max(wanted, pairs + 1.0), Integer.MAX_VALUE);
  }

  /// The smallest slowdown that these pairs' scatter lets a [Comparison] see nine times in ten, as
  /// a share: 0.05 is 5 %.
  ///
  /// @param logarithms at least [SignedRank#FEWEST_PAIRS], one per pair
  public double smallestVisible(double... logarithms) {
    int pairs = logarithms.length;
    if (pairs < SignedRank.FEWEST_PAIRS) {
      throw new IllegalArgumentException("too few pairs: " + pairs);
    }
    // Both series must say so, each in 19 of 20 cases: the estimate may fall short by two standard
    // errors, the
    // interval's own luck included, and the interval reaches down from there.
    double reach = halfWidth(logarithms, looks.looks().getLast().level());
    double error = halfWidth(logarithms, PairedRatio.LEVEL) / Normal.quantile(PairedRatio.LEVEL);
    double shrunk = Math.sqrt((double) pairs / looks.most());
    return (1 + margin) * Math.exp((reach + 2 * error) * shrunk) - 1;
  }

  /// Half the width of the interval, stretched to `level` where so few pairs allow less.
  private static double halfWidth(double[] logarithms, double level) {
    Interval interval = (Interval) SignedRank.interval(logarithms, level);
    double half = (interval.high() - interval.low()) / 2;
    return half * Normal.quantile(level) / Normal.quantile(interval.level());
  }
}
