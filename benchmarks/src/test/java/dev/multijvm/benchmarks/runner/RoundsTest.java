package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.TinyCatalogue;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final int ROUNDS = 6;
  private static final double ESTIMATE = 10;
  private static final Variant MAIN = TinyCatalogue.variant("brief");
  private static final Variant EXTRA = TinyCatalogue.extra("throwing");

  private final History history = new History(List.of());
  private final Rounds rounds = new Rounds(plan(), history, _ -> ESTIMATE);

  @Test
  void theFirstRoundMeasuresEverything() {
    assertThat(rounds.order(1, 0)).containsExactlyInAnyOrder(MAIN, EXTRA);
  }

  @Test
  void extrasTakePartWhileTheOthersCanHaveAllTheirRoundsAndRepetitionsToo() {
    double enough = 2 * ESTIMATE + (ROUNDS - 2) * ESTIMATE + ESTIMATE;

    assertThat(rounds.order(2, enough)).containsExactlyInAnyOrder(MAIN, EXTRA);
    assertThat(rounds.order(2, enough - 1)).containsExactly(MAIN);
  }

  @Test
  void whatSlotsTookCountsMoreThanEstimates() {
    history.add(Slots.slot("tiny/throwing", 1, 1, Status.valid, 100));

    assertThat(rounds.order(2, ROUNDS * ESTIMATE + 99)).containsExactly(MAIN);
  }

  @Test
  void aRoundThatHasBegunWithExtrasGoesOnWithThem() {
    history.add(Slots.slot("tiny/throwing", 2, 1, Status.valid));

    assertThat(rounds.order(2, 0)).containsExactlyInAnyOrder(MAIN, EXTRA);
  }

  private static Plan plan() {
    return new Plan(
        Plan.FORMAT,
        Instant.EPOCH,
        "full",
        1,
        2,
        ROUNDS,
        List.of(6),
        60,
        List.of(MAIN, EXTRA),
        List.of());
  }
}
