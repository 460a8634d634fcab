package dev.multijvm.statistics;

import java.util.Arrays;
import java.util.Random;

/// Plays many comparisons with slots that were recorded one after the other, all of the same
/// program: how often does a gate cry wolf on this machine, and what can it see?
///
/// A comparison is made of blocks of four neighbouring slots, drawn at random, so that what a drift
/// does within a block stays as it was. The change under test is multiplied into head's times.
///
/// All comparisons share the slots of one recording. What they come to describes that recording; a
/// confidence interval, which wants independent trials, would say too much.
public final class Rehearsal {
  /// Fewer slots than this repeat themselves too often to tell anything.
  public static final int FEWEST_SLOTS = 24;

  private static final int BLOCK = 4;
  private static final double SEEN_OFTEN = 0.9;
  private static final double WIDEST_CHANGE = 4;

  private final double[] logarithms;
  private final SequentialDesign design;
  private final Random random;

  /// @param times of the slots, positive, in the order they were measured
  public Rehearsal(double[] times, SequentialDesign design, long seed) {
    if (times.length < FEWEST_SLOTS) {
      throw new IllegalArgumentException(
          "a rehearsal wants at least " + FEWEST_SLOTS + " slots: " + times.length);
    }
    Numbers.requirePositive(times);
    this.logarithms = Arrays.stream(times).map(Math::log).toArray();
    this.design = design;
    this.random = new Random(seed);
  }

  /// What a number of comparisons came to.
  ///
  /// @param covered how often the interval reported enclosed the true ratio
  /// @param pairs of all comparisons together
  public record Tally(
      int comparisons,
      int regressed,
      int improved,
      int same,
      int inconclusive,
      int covered,
      long pairs) {
    /// A count of this tally as a share of the comparisons.
    public double share(int count) {
      return (double) count / comparisons;
    }
  }

  /// Plays comparisons in which head takes `ratio` times as long as base; 1 is no change.
  public Tally play(double ratio, int comparisons) {
    int regressed = 0;
    int improved = 0;
    int same = 0;
    int inconclusive = 0;
    int covered = 0;
    long pairs = 0;
    for (int i = 0; i < comparisons; i++) {
      Comparison comparison = comparison(Math.log(ratio));
      Verdict verdict = comparison.decided().orElseThrow();
      switch (verdict) {
        case Verdict.Regressed _ -> regressed++;
        case Verdict.Improved _ -> improved++;
        case Verdict.Same _ -> same++;
        case Verdict.Inconclusive _ -> inconclusive++;
      }
      covered += verdict.ratio() instanceof Interval known && known.contains(ratio) ? 1 : 0;
      pairs += comparison.pairs();
    }
    return new Tally(comparisons, regressed, improved, same, inconclusive, covered, pairs);
  }

  /// The smallest slowdown, as a share, that is seen in nine of ten comparisons, to a tenth of a
  /// per cent.
  ///
  /// @param comparisons so many are played for each slowdown tried
  public double smallestVisible(int comparisons) {
    double unseen = design.margin();
    double seen = WIDEST_CHANGE;
    while (seen - unseen > 0.001) {
      double middle = (seen + unseen) / 2;
      Tally tally = play(1 + middle, comparisons);
      if (tally.regressed() >= SEEN_OFTEN * comparisons) {
        seen = middle;
      } else {
        unseen = middle;
      }
    }
    return seen;
  }

  private Comparison comparison(double change) {
    Comparison comparison = Comparison.of(design);
    while (comparison.decided().isEmpty()) {
      for (double difference : block()) {
        if (comparison.decided().isEmpty()) {
          comparison = comparison.with(difference + change);
        }
      }
    }
    return comparison;
  }

  /// Head minus base for the two pairs of a block, base-head-head-base or the other way round.
  private double[] block() {
    int start = random.nextInt(logarithms.length - BLOCK + 1);
    double sign = random.nextBoolean() ? 1 : -1;
    return new double[] {
      sign * (logarithms[start + 1] - logarithms[start]),
      sign * (logarithms[start + 2] - logarithms[start + 3])
    };
  }
}
