package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.TinyCatalogue;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Plan PLAN = RunDirectoryTest.plan(1);
  private static final Variant BRIEF = TinyCatalogue.variant("brief");

  private final History history = new History(List.of());

  @Test
  void aRepeatedSlotFillsTheGapOfItsRound() {
    history.add(Slots.slot("tiny/brief", 1, 1, Status.rejected));
    assertThat(history.gaps(BRIEF)).containsExactly(1);

    history.add(Slots.slot("tiny/brief", 1, 3, Status.valid));

    assertThat(history.gaps(BRIEF)).isEmpty();
    assertThat(history.lastPosition(1)).isEqualTo(3);
  }

  @Test
  void timesAreLearnedFromSlotsThatDidNotFail() {
    assertThat(history.seconds(BRIEF)).isEmpty();

    history.add(Slots.slot("tiny/brief", 1, 1, Status.valid, 1));
    history.add(Slots.slot("tiny/brief", 2, 1, Status.rejected, 7));
    history.add(Slots.slot("tiny/brief", 3, 1, Status.valid, 3));
    history.add(Slots.slot("tiny/brief", 4, 1, Status.failed, 100));

    assertThat(history.seconds(BRIEF)).contains(3.5);
    assertThat(history.usedSeconds()).isEqualTo(113);
  }

  @Test
  void aVariantThatFailedTwiceIsGivenUp() {
    history.add(Slots.slot("tiny/brief", 1, 1, Status.failed));
    assertThat(history.isGivenUp(BRIEF)).isFalse();

    history.add(Slots.slot("tiny/brief", 2, 1, Status.failed));

    assertThat(history.isGivenUp(BRIEF)).isTrue();
  }

  @Test
  void oneFailureMakesTheRunNotValid() {
    history.add(Slots.slot("tiny/throwing", 1, 1, Status.valid));
    history.add(Slots.slot("tiny/brief", 1, 2, Status.failed));
    history.add(Slots.slot("tiny/throwing", 2, 1, Status.valid));
    history.add(Slots.slot("tiny/brief", 2, 2, Status.valid));

    assertThat(history.faults(PLAN)).containsExactly("tiny/brief failed in round 1: for a reason");
  }

  @Test
  void whatFailedBeforeTheRunWentOnIsAFaultUntilItIsMeasuredAgain() {
    SlotRecord failed = Slots.slot("tiny/brief", 1, 2, Status.failed);
    History resumed =
        new History(List.of(Slots.slot("tiny/throwing", 1, 1, Status.valid), failed, failed));
    assertThat(resumed.has(1, 2)).isFalse();
    assertThat(resumed.isGivenUp(BRIEF)).isFalse();
    assertThat(resumed.faults(PLAN)).contains("tiny/brief failed in round 1: for a reason");

    resumed.add(Slots.slot("tiny/brief", 2, 2, Status.valid));
    assertThat(resumed.faults(PLAN)).isNotEmpty();
    resumed.add(Slots.slot("tiny/brief", 1, 2, Status.valid));

    assertThat(resumed.faults(PLAN)).isEmpty();
  }

  @Test
  void aGapIsNoFaultButAVariantWithoutAnyValidSlotIs() {
    history.add(Slots.slot("tiny/throwing", 1, 1, Status.valid));
    history.add(Slots.slot("tiny/brief", 1, 2, Status.rejected));
    assertThat(history.faults(PLAN)).containsExactly("tiny/brief has no valid slot: for a reason");

    history.add(Slots.slot("tiny/throwing", 2, 1, Status.valid));
    history.add(Slots.slot("tiny/brief", 2, 2, Status.valid));

    assertThat(history.faults(PLAN)).isEmpty();
  }

  @Test
  void anExtraHasNoGapInARoundInWhichItTookNoPart() {
    Variant extra = TinyCatalogue.extra("throwing");
    history.add(Slots.slot("tiny/throwing", 1, 1, Status.valid));
    history.add(Slots.slot("tiny/brief", 2, 2, Status.valid));
    assertThat(history.gaps(extra)).isEmpty();

    history.add(Slots.slot("tiny/throwing", 3, 1, Status.rejected));

    assertThat(history.gaps(extra)).containsExactly(3);
    assertThat(history.gaps(BRIEF)).containsExactly(1, 3);
  }
}
