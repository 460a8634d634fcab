package dev.multijvm.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// When a series of pairs may be looked at, and how much error each look may spend.
///
/// Looking again and again at growing data and stopping at the first pleasing sight is wrong far
/// more often than any one look says. Here the error is shared out beforehand: the chance that some
/// interval misses is at most the sum.
///
/// @param looks in ascending order of pairs
public record Looks(List<Look> looks) {
  /// The looks of the gate: a slowdown is claimed wrongly in at most 1 % of comparisons, even right
  /// at the margin.
  public static final Looks GATE =
      new Looks(
          List.of(
              new Look(8, 0.004), new Look(12, 0.002), new Look(16, 0.002), new Look(24, 0.002)));

  /// The looks of a run: all intervals ever looked at hold together with at least 95 %.
  public static final Looks RUN =
      new Looks(
          List.of(
              new Look(6, 0.0157),
              new Look(8, 0.004),
              new Look(12, 0.0017),
              new Look(16, 0.0017),
              new Look(24, 0.0017)));

  /// One look.
  ///
  /// @param pairs how many pairs there are by then
  /// @param alpha the probability, on one side, with which its interval may miss
  public record Look(int pairs, double alpha) {
    public Look {
      if (!(alpha > 0 && alpha < 0.5)) {
        throw new IllegalArgumentException("alpha must be between 0 and 0.5: " + alpha);
      }
      if (pairs < SignedRank.FEWEST_PAIRS || Math.scalb(1.0, -pairs) > alpha) {
        throw new IllegalArgumentException(
            "no interval of " + pairs + " pairs misses as rarely as " + alpha);
      }
    }

    /// Whether any interval of so many pairs misses as rarely as this look demands; the widest does
    /// with 2^-pairs.
    public boolean allows(int pairs) {
      return pairs >= SignedRank.FEWEST_PAIRS && Math.scalb(1.0, -pairs) <= alpha;
    }

    /// The two-sided level of the look's interval.
    public double level() {
      return 1 - 2 * alpha;
    }
  }

  public Looks {
    looks = List.copyOf(looks);
    if (looks.isEmpty()) {
      throw new IllegalArgumentException("no looks");
    }
    for (int i = 1; i < looks.size(); i++) {
      if (looks.get(i - 1).pairs() >= looks.get(i).pairs()) {
        throw new IllegalArgumentException("looks must ascend: " + looks);
      }
    }
  }

  /// The look that `pairs` pairs may have: the one planned for so many, or the next one where the
  /// series had to end early for a reason that is not in the numbers (the time was up). None beyond
  /// the last.
  public Optional<Look> covering(int pairs) {
    return looks.stream().filter(look -> look.pairs() >= pairs).findFirst();
  }

  /// The two-sided level at which intervals of `pairs` pairs may be stated, whenever the series
  /// ended: that of the look which covers them, or of the last.
  public double level(int pairs) {
    return covering(pairs).orElse(looks.getLast()).level();
  }

  /// How many pairs the look after `pairs` wants; empty after the last.
  public OptionalInt after(int pairs) {
    return looks.stream().mapToInt(Look::pairs).filter(planned -> planned > pairs).findFirst();
  }

  /// How many pairs the last look wants.
  public int most() {
    return looks.getLast().pairs();
  }

  /// The looks up to `pairs` pairs, for whoever has no time for more.
  ///
  /// @throws IllegalArgumentException if not even the first look fits
  public Looks upTo(int pairs) {
    List<Look> kept = looks.stream().filter(look -> look.pairs() <= pairs).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "the first look wants " + looks.getFirst().pairs() + " pairs: " + pairs);
    }
    return new Looks(kept);
  }

  /// The probability, on one side, that any interval of the series misses.
  public double alpha() {
    return looks.stream().mapToDouble(Look::alpha).sum();
  }
}
