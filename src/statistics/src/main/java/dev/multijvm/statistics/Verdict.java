package dev.multijvm.statistics;

/// What a comparison of head with base says; ratios are times of head over times of base.
public sealed interface Verdict {
  /// The ratio as it was seen.
  Estimate ratio();

  /// Head is slower by more than the margin.
  record Regressed(Interval ratio) implements Verdict {}

  /// Head is faster by more than the margin.
  record Improved(Interval ratio) implements Verdict {}

  /// Head and base differ by too little to matter.
  record Same(Interval ratio) implements Verdict {}

  /// The pairs do not tell.
  ///
  /// @param pairsWanted how many pairs in all would probably tell, if they scatter as those seen
  record Inconclusive(Estimate ratio, int pairsWanted) implements Verdict {
    public Inconclusive {
      if (pairsWanted < 1) {
        throw new IllegalArgumentException("pairsWanted must be positive: " + pairsWanted);
      }
    }
  }
}
