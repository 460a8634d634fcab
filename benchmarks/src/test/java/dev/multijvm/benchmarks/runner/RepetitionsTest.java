package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.TinyCatalogue;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.runner.Repetitions.Gap;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private static final Variant EXTRA = TinyCatalogue.extra("throwing");
  private static final Variant BRIEF = TinyCatalogue.variant("brief");
  private static final Variant LOSING = TinyCatalogue.variant("losing");
  private static final Variant DYING = TinyCatalogue.variant("dying");
  private static final List<Variant> ALL = List.of(EXTRA, BRIEF, LOSING, DYING);

  private final History history = new History(List.of());
  private final Repetitions repetitions =
      new Repetitions(
          new Plan(Plan.FORMAT, Instant.EPOCH, "full", 1, 2, 6, List.of(6), 60, ALL, List.of()),
          history);

  @Test
  void aRoundRepeatsExtrasLast() {
    measure(1, Status.rejected, EXTRA, BRIEF);
    assertThat(repetitions.nextIn(1, ALL)).contains(BRIEF);

    measure(1, Status.valid, BRIEF);

    assertThat(repetitions.nextIn(1, ALL)).contains(EXTRA);
  }

  @Test
  void aRoundRepeatsAQuarterOfItselfButTwoInAnyCase() {
    measure(1, Status.rejected, EXTRA, BRIEF, LOSING, DYING);

    measure(1, Status.valid, BRIEF, LOSING);

    assertThat(repetitions.nextIn(1, ALL)).isEmpty();
  }

  @Test
  void whatIsMissingAfterAllRoundsIsTriedInTurnExtrasLast() {
    measure(1, Status.rejected, EXTRA, BRIEF, LOSING);
    measure(2, Status.rejected, BRIEF);
    assertThat(repetitions.missing()).isEqualTo(4);

    assertThat(Stream.generate(this::repeatInVain).limit(4))
        .containsExactly(
            new Gap(1, BRIEF), new Gap(2, BRIEF), new Gap(1, LOSING), new Gap(1, BRIEF));
  }

  private Gap repeatInVain() {
    Gap gap = repetitions.nextOfAll(_ -> true).orElseThrow();
    measure(gap.round(), Status.rejected, gap.variant());
    return gap;
  }

  @Test
  void whatStaysDisturbedIsGivenUp() {
    measure(1, Status.rejected, BRIEF, BRIEF, BRIEF, BRIEF, BRIEF);
    assertThat(repetitions.nextOfAll(_ -> true)).contains(new Gap(1, BRIEF));

    measure(1, Status.rejected, BRIEF);

    assertThat(repetitions.nextOfAll(_ -> true)).isEmpty();
  }

  @Test
  void whatThereIsNoTimeForIsPassedOver() {
    measure(1, Status.rejected, BRIEF, LOSING);

    assertThat(repetitions.nextOfAll(LOSING::equals)).contains(new Gap(1, LOSING));
  }

  @Test
  void neitherFailuresNorValidSlotsAreRepeated() {
    measure(1, Status.failed, BRIEF);
    measure(1, Status.valid, LOSING);

    assertThat(repetitions.nextOfAll(_ -> true)).isEmpty();
    assertThat(repetitions.nextIn(1, ALL)).isEmpty();
  }

  /// A first try has a place among the variants, every other one comes behind them.
  private void measure(int round, Status status, Variant... variants) {
    for (Variant variant : variants) {
      int position =
          history.of(round, variant).isEmpty()
              ? ALL.indexOf(variant) + 1
              : repetitions.position(round);
      history.add(Slots.slot(variant.id(), round, position, status));
    }
  }
}
