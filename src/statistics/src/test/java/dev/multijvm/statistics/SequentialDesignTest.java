package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialDesignTest {
  private static final SequentialDesign GATE = SequentialDesign.GATE;

  @Test
  void verdictsFollowFromWhereTheIntervalLies() {
    assertThat(GATE.judge(around(1.10, 8))).isInstanceOf(Verdict.Regressed.class);
    assertThat(GATE.judge(around(0.90, 8))).isInstanceOf(Verdict.Improved.class);
    assertThat(GATE.judge(around(1.00, 8))).isInstanceOf(Verdict.Same.class);
    assertThat(GATE.judge(around(1.025, 8))).isInstanceOf(Verdict.Inconclusive.class);
  }

  @Test
  void fewerPairsThanTheFirstLookDecideNothingHoweverClearTheyAre() {
    assertThat(GATE.judge(around(2, 3))).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(GATE.judge(around(2, 7))).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(GATE.judge(around(2, 5)).ratio()).isInstanceOf(Point.class);
  }

  @Test
  void inconclusiveSaysHowManyPairsWouldTell() {
    double[] scattered = {-0.06, 0.06, -0.04, 0.04, -0.02, 0.02, -0.05, 0.05};

    Verdict.Inconclusive verdict = (Verdict.Inconclusive) GATE.judge(scattered);

    // A reach of 0.06 must shrink to ln 1.03 about an estimate of 0.
    assertThat(verdict.pairsWanted())
        .isEqualTo((int) Math.ceil(8 * Math.pow(0.06 / Math.log(1.03), 2)));
  }

  @Test
  void looksSpendOnePerCentInTheGateAndFiveInARun() {
    assertThat(Looks.GATE.alpha()).isCloseTo(0.01, within(1e-12));
    assertThat(2 * Looks.RUN.alpha()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void seriesCutShortUsesTheNextLooksError() {
    assertThat(Looks.GATE.covering(10)).contains(new Looks.Look(12, 0.002));
    assertThat(Looks.GATE.covering(25)).isEmpty();
    assertThat(Looks.GATE.level(10)).isEqualTo(1 - 2 * 0.002);
    assertThat(Looks.GATE.level(25)).isEqualTo(1 - 2 * 0.002);
    assertThat(Looks.GATE.after(8)).hasValue(12);
    assertThat(Looks.GATE.upTo(13).most()).isEqualTo(12);
  }

  @Test
  void looksThatCannotDecideAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Looks.Look(7, 0.004))
        .withMessage("no interval of 7 pairs misses as rarely as 0.004");
    assertThatIllegalArgumentException().isThrownBy(() -> Looks.GATE.upTo(7));
  }

  @Test
  void regressionIsConfirmedByFreshPairsBeforeItCounts() {
    Comparison seen = feed(Comparison.of(GATE), around(1.10, 8));

    assertThat(seen.decided()).isEmpty();
    assertThat(seen.isConfirming()).isTrue();
    assertThat(seen.concluded().orElseThrow()).isInstanceOf(Verdict.Inconclusive.class);

    assertThat(feed(seen, around(1.10, 8)).decided().orElseThrow())
        .isInstanceOf(Verdict.Regressed.class);
    assertThat(feed(seen, around(1.00, 8)).decided().orElseThrow())
        .isInstanceOf(Verdict.Same.class);
  }

  @Test
  void comparisonStopsAtTheFirstLookThatDecides() {
    Comparison comparison = feed(Comparison.of(GATE), around(1, 7));
    assertThat(comparison.decided()).isEmpty();
    assertThat(comparison.pairsToNextLook()).isEqualTo(1);

    Comparison decided = comparison.with(0);

    assertThat(decided.decided().orElseThrow()).isInstanceOf(Verdict.Same.class);
    assertThat(decided.pairsToNextLook()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> decided.with(0));
  }

  @Test
  void runStopsWhenAllRatiosArePreciseOrTheLooksAreUsedUp() {
    StoppingRule rule = StoppingRule.RUN;
    double[] precise = around(0.5, 6);
    double[] vague = {0.1, -0.1, 0.2, -0.2, 0.05, -0.05};

    assertThat(rule.decide(5, List.of(precise))).isEqualTo(new StoppingRule.Decision.Continue(6));
    assertThat(rule.decide(6, List.of(precise))).isInstanceOf(StoppingRule.Decision.Precise.class);
    assertThat(rule.decide(6, List.of(precise, vague)))
        .isEqualTo(new StoppingRule.Decision.Continue(8));
    assertThat(rule.decide(24, List.of(vague))).isInstanceOf(StoppingRule.Decision.Exhausted.class);
  }

  private static Comparison feed(Comparison comparison, double[] logarithms) {
    return Arrays.stream(logarithms)
        .boxed()
        .reduce(comparison, Comparison::with, (_, second) -> second);
  }

  /// So many logarithms within 0.7 % of `ratio`.
  private static double[] around(double ratio, int pairs) {
    double[] logarithms = new double[pairs];
    Arrays.setAll(logarithms, i -> Math.log(ratio) + 0.007 * (i % 3 - 1));
    return logarithms;
  }
}
