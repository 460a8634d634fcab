package dev.multijvm.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private static final int COMPARISONS = 300;

  @Test
  void theSameProgramIsNeverSlowerAndAPlantedSlowdownIs() {
    Rehearsal rehearsal = new Rehearsal(slots(0.01), SequentialDesign.GATE, 1);

    Rehearsal.Tally equal = rehearsal.play(1, COMPARISONS);
    Rehearsal.Tally slower = rehearsal.play(1.10, COMPARISONS);

    assertThat(equal.regressed()).isZero();
    assertThat(equal.same()).isGreaterThan(290);
    assertThat(slower.regressed()).isEqualTo(COMPARISONS);
    assertThat(slower.pairs()).isGreaterThanOrEqualTo(16L * COMPARISONS);
  }

  @Test
  void reportedIntervalsEncloseTheTruthAsOftenAsTheLooksPromise() {
    Rehearsal rehearsal = new Rehearsal(slots(0.03), SequentialDesign.GATE, 2);

    Rehearsal.Tally tally = rehearsal.play(1.03, COMPARISONS);

    double promised = 1 - 2 * SequentialDesign.GATE.looks().alpha();
    assertThat(tally.share(tally.covered())).isGreaterThanOrEqualTo(promised);
  }

  @Test
  void steadierSlotsShowSmallerChanges() {
    double steady = new Rehearsal(slots(0.005), SequentialDesign.GATE, 3).smallestVisible(100);
    double shaky = new Rehearsal(slots(0.03), SequentialDesign.GATE, 3).smallestVisible(100);

    assertThat(steady).isBetween(0.02, 0.035);
    assertThat(shaky).isGreaterThan(2 * steady);
  }

  @Test
  void slotsThatAgreeExactlyShowAllBeyondTheMargin() {
    double[] equal = new double[24];
    Arrays.fill(equal, 5);

    double visible = new Rehearsal(equal, SequentialDesign.GATE, 4).smallestVisible(10);

    assertThat(visible).isCloseTo(0.02, within(0.0011));
  }

  @Test
  void tooFewSlotsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rehearsal(new double[23], SequentialDesign.GATE, 1))
        .withMessage("a rehearsal wants at least 24 slots: 23");
  }

  /// Two hundred slots that drift slowly by 4 % and scatter by `spread`.
  private static double[] slots(double spread) {
    Random random = new Random(7);
    double[] slots = new double[200];
    Arrays.setAll(
        slots, i -> 100 * Math.exp(0.02 * Math.sin(i / 30.0) + spread * random.nextGaussian()));
    return slots;
  }
}
