package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gate's decision rule on a simulated machine whose speed drifts by 4 % and whose forks vary,
/// now and then badly. Seeded: the same figures every time. `mvn -pl src/statistics test
/// -Dtest=GateSimulationTest` prints the power.
class GateSimulationTest {
  private static final double FORK_SPREAD = 0.015;
  private static final double NOISY_FORK_SPREAD = 0.04;

  /// The hard case: head is slower by the whole margin, so that everything red is false by the
  /// narrowest of rights.
  @ParameterizedTest
  @CsvSource({"1, 2000", "6, 1000", "20, 500"})
  void falseAlarmsAtTheMarginAreRarerThanOnePerCent(int benchmarks, int comparisons) {
    Machine machine = new Machine(benchmarks, FORK_SPREAD);
    int red = 0;
    for (int i = 0; i < comparisons; i++) {
      red += machine.anyRegressed(benchmarks, 1.02) ? 1 : 0;
    }

    Interval rate = new Rate(red, comparisons).interval(0.95);
    System.out.printf(
        Locale.ROOT, "false alarms at the margin, %2d benchmarks: %s%n", benchmarks, percent(rate));
    assertThat(rate.high()).isLessThanOrEqualTo(0.01);
  }

  /// A disturbance that outlasts a slot can hit both pairs of a block alike, and one lot orients
  /// both: such pairs are not independent, which the exact level takes for granted. The first
  /// series is then wrong somewhat more often than its 1 % (1.6 % where every other slot is
  /// disturbed); the confirmation makes up for it.
  @ParameterizedTest
  @CsvSource({"50, 2", "50, 3", "10, 2", "10, 3", "3, 2", "3, 3"})
  void disturbancesOfSeveralSlotsKeepFalseAlarmsRarerThanOnePerCent(
      int slotsBetween, int slotsLong) {
    Machine machine = new Machine(31, FORK_SPREAD).disturbed(slotsBetween, slotsLong);
    int comparisons = 2000;
    int unconfirmed = 0;
    int red = 0;
    for (int i = 0; i < comparisons; i++) {
      Comparison comparison = machine.compare(1.02);
      unconfirmed += comparison.isConfirming() ? 1 : 0;
      red += comparison.decided().orElseThrow() instanceof Verdict.Regressed ? 1 : 0;
    }

    Interval rate = new Rate(red, comparisons).interval(0.95);
    Interval first = new Rate(unconfirmed, comparisons).interval(0.95);
    System.out.printf(
        Locale.ROOT,
        "false alarms at the margin, disturbances of %d slots, one in %d begins one: %s,"
            + " unconfirmed %s%n",
        slotsLong,
        slotsBetween,
        percent(rate),
        percent(first));
    assertThat(rate.high()).isLessThanOrEqualTo(0.01);
  }

  @Test
  void falseAlarmsWithoutAChangeAreRarerThanOneInAThousandForTwentyBenchmarks() {
    Machine machine = new Machine(20, FORK_SPREAD);
    int red = 0;
    for (int i = 0; i < 200; i++) {
      red += machine.anyRegressed(20, 1.0) ? 1 : 0;
    }

    assertThat(red).isZero();
  }

  @Test
  void slowdownsOfTenPerCentAreSeenAndOfFivePerCentNeverCalledTheSame() {
    Tally five = tally(1.05, FORK_SPREAD);
    Tally ten = tally(1.10, FORK_SPREAD);
    Tally noisy = tally(1.05, NOISY_FORK_SPREAD);
    Tally none = tally(1.00, FORK_SPREAD);
    System.out.printf(Locale.ROOT, "forks vary by 1.5 %%,  no change: %s%n", none);
    System.out.printf(Locale.ROOT, "forks vary by 1.5 %%,  5 %% slower: %s%n", five);
    System.out.printf(Locale.ROOT, "forks vary by 1.5 %%, 10 %% slower: %s%n", ten);
    System.out.printf(Locale.ROOT, "forks vary by 4.0 %%,  5 %% slower: %s%n", noisy);

    assertThat(ten.regressed()).isGreaterThan(0.99);
    assertThat(five.regressed()).isGreaterThan(0.80);
    assertThat(five.same()).isLessThan(0.005);
    assertThat(noisy.same()).isLessThan(0.01);
    assertThat(none.same()).isGreaterThan(0.80);
  }

  @Test
  void smallestVisibleChangeIsSeenAboutNineTimesInTen() {
    for (double spread : new double[] {FORK_SPREAD, NOISY_FORK_SPREAD}) {
      double visible = medianSmallestVisible(spread);

      double seen = tally(1 + visible, spread).regressed();

      System.out.printf(
          Locale.ROOT,
          "smallest visible change %.1f %%: seen in %.1f %%%n",
          100 * visible,
          100 * seen);
      assertThat(seen).isBetween(0.85, 0.97);
    }
  }

  private static double medianSmallestVisible(double spread) {
    Machine machine = new Machine(4, spread);
    double[] visible = new double[200];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = SequentialDesign.GATE.smallestVisible(machine.logarithms(1, 24));
    }
    return Samples.median(visible);
  }

  private record Tally(double regressed, double same, double inconclusive, double pairs) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "regressed %5.1f %%, same %5.1f %%, cannot tell %5.1f %%, %4.1f pairs on average",
          100 * regressed,
          100 * same,
          100 * inconclusive,
          pairs);
    }
  }

  private static Tally tally(double ratio, double spread) {
    Machine machine = new Machine(7, spread);
    int trials = 1000;
    int regressed = 0;
    int same = 0;
    int inconclusive = 0;
    int pairs = 0;
    for (int i = 0; i < trials; i++) {
      Comparison comparison = machine.compare(ratio);
      pairs += comparison.pairs();
      switch (comparison.decided().orElseThrow()) {
        case Verdict.Regressed _ -> regressed++;
        case Verdict.Same _ -> same++;
        case Verdict.Inconclusive _ -> inconclusive++;
        case Verdict.Improved improved -> throw new AssertionError(improved);
      }
    }
    double all = trials;
    return new Tally(regressed / all, same / all, inconclusive / all, pairs / all);
  }

  private static String percent(Interval rate) {
    return String.format(
        Locale.ROOT,
        "%.2f %% [%.2f, %.2f]",
        100 * rate.estimate(),
        100 * rate.low(),
        100 * rate.high());
  }

  /// A machine that runs slots one after the other, in ABBA blocks of random orientation.
  private static final class Machine {
    private final Random random;
    private final double forkSpread;
    private int slotsBetween = 50;
    private int slotsLong = 1;
    private double slots;
    private double wander;
    private int slotsLeft;
    private double disturbance;

    Machine(long seed, double forkSpread) {
      this.random = new Random(seed);
      this.forkSpread = forkSpread;
    }

    /// The same with a disturbance after so many slots on average, which lasts so long.
    Machine disturbed(int slotsBetween, int slotsLong) {
      this.slotsBetween = slotsBetween;
      this.slotsLong = slotsLong;
      return this;
    }

    boolean anyRegressed(int benchmarks, double ratio) {
      boolean any = false;
      for (int i = 0; i < benchmarks; i++) {
        any |= compare(ratio).decided().orElseThrow() instanceof Verdict.Regressed;
      }
      return any;
    }

    Comparison compare(double ratio) {
      Comparison comparison = Comparison.of(SequentialDesign.GATE);
      while (comparison.decided().isEmpty()) {
        for (double logarithm : block(ratio)) {
          if (comparison.decided().isEmpty()) {
            comparison = comparison.with(logarithm);
          }
        }
      }
      return comparison;
    }

    double[] logarithms(double ratio, int pairs) {
      double[] logarithms = new double[pairs];
      for (int i = 0; i < pairs; i += 2) {
        System.arraycopy(block(ratio), 0, logarithms, i, 2);
      }
      return logarithms;
    }

    /// Two pairs: head first then base, and the other way round, or both turned about.
    private double[] block(double ratio) {
      boolean baseFirst = random.nextBoolean();
      double[] first = {slot(), slot()};
      double[] second = {slot(), slot()};
      double change = Math.log(ratio);
      return baseFirst
          ? new double[] {change + first[1] - first[0], change + second[0] - second[1]}
          : new double[] {change + first[0] - first[1], change + second[1] - second[0]};
    }

    /// The logarithm of one slot's time: a slow wave and a wandering level of about 4 % together,
    /// the fork's own luck, and disturbances by 5 to 20 %, of one slot in fifty unless said.
    private double slot() {
      slots++;
      wander = 0.98 * wander + 0.003 * random.nextGaussian();
      double wave = 0.02 * Math.sin(slots / 25);
      return wave + wander + forkSpread * random.nextGaussian() + disturbance();
    }

    private double disturbance() {
      if (slotsLeft > 0) {
        slotsLeft--;
      } else if (random.nextInt(slotsBetween) == 0) {
        slotsLeft = slotsLong - 1;
        disturbance = 0.05 + 0.15 * random.nextDouble();
      } else {
        disturbance = 0;
      }
      return disturbance;
    }
  }
}
