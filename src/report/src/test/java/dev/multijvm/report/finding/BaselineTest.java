package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.report.finding.Baseline.Verdict;
import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Runs of forty variants and six rounds, drawn with a seed.
class BaselineTest {
  private static final int VARIANTS = 40;
  private static final int ROUNDS = 6;
  private static final double STEADY = 0.03;
  private static final double SHAKY = 0.30;

  private final Random random = new Random(11);

  @Test
  void equalRunsHaveAnyRegressionInAtMostTheShareStated() {
    Alarms alarms = alarms(1, 200);

    assertThat(alarms.corrected.estimate()).isLessThanOrEqualTo(Baseline.FALSE_ALARMS);
    assertThat(alarms.intervals.low()).isGreaterThan(Baseline.FALSE_ALARMS);
  }

  /// The hardest case: all variants are slower by just the margin.
  @Test
  void runsThatDifferByTheMarginHaveAnyRegressionInAtMostTheShareStated() {
    Alarms alarms = alarms(1 + Baseline.MARGIN, 1000);

    assertThat(alarms.corrected.low()).isLessThanOrEqualTo(Baseline.FALSE_ALARMS);
    assertThat(alarms.intervals.low()).isGreaterThan(0.25);
  }

  @Test
  void aVariantThatIsThirtyPerCentSlowerIsFoundAmongSteadyAndShakyOnes() {
    int found = 0;
    for (int i = 0; i < 50; i++) {
      Baseline baseline = Baseline.of(run(1, 1.3), run(1, 1));
      List<String> slower =
          baseline.changes().stream()
              .filter(change -> change.verdict() == Verdict.REGRESSED)
              .map(change -> change.cell().variant().id())
              .toList();
      found += slower.equals(List.of(id(0))) ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(45);
  }

  /// How often anything regressed.
  ///
  /// @param corrected by the verdict
  /// @param intervals by the intervals alone
  private record Alarms(Interval corrected, Interval intervals) {}

  private Alarms alarms(double ratio, int trials) {
    int corrected = 0;
    int intervals = 0;
    for (int i = 0; i < trials; i++) {
      Baseline baseline = Baseline.of(run(ratio, 1), run(1, 1));
      corrected += baseline.hasRegressed() ? 1 : 0;
      intervals +=
          baseline.changes().stream()
                  .anyMatch(change ->
                      change.ratio() instanceof Interval interval
                          && interval.low() > 1 + Baseline.MARGIN)
              ? 1
              : 0;
    }
    return new Alarms(
        new Rate(corrected, trials).interval(0.95), new Rate(intervals, trials).interval(0.95));
  }

  /// The even variants are steady, the odd ones shaky.
  ///
  /// @param ratio by which all variants are slower
  /// @param planted by which the first one is slower besides
  private Findings run(double ratio, double planted) {
    Measurements run = new Measurements();
    run.measure(Role.RULER, "ruler/alone", "The ruler", times(100, 0.01));
    for (int i = 0; i < VARIANTS; i++) {
      double time = 50 * ratio * (i == 0 ? planted : 1);
      run.measure(Role.WORKLOAD, id(i), "Work", times(time, i % 2 == 0 ? STEADY : SHAKY));
    }
    return run.findings();
  }

  private static String id(int variant) {
    return "suite-" + variant + "/warm:mode=thread-pool";
  }

  private double[] times(double time, double spread) {
    double[] times = new double[ROUNDS];
    Arrays.setAll(times, _ -> time * Math.exp(spread * random.nextGaussian()));
    return times;
  }
}
