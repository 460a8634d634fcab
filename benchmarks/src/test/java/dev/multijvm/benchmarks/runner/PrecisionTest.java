package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.multijvm.benchmarks.plan.Catalogue;
import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PrecisionTest {
  private static final String ONE = "counting/cold:mode=single-thread,tasks=2";
  private static final String TWO = "counting/cold:mode=thread-pool,tasks=2";
  private static final Plan PLAN =
      new Planner(Catalogue.of(2))
          .plan(
              new Planner.Wish(
                  Effort.QUICK,
                  Duration.ofHours(1),
                  Pattern.compile("counting/cold"),
                  List.of("single-thread", "thread-pool"),
                  2,
                  1),
              Set.of(),
              Instant.EPOCH);

  private final History history = new History(List.of());
  private final Precision precision = new Precision(PLAN, history);

  @Test
  void isReachedAtALookWhenTheRatiosAreAlike() {
    for (int round = 1; round <= 6; round++) {
      measure(round, 100, 50 + 0.01 * round);
    }

    assertThat(precision.isReached(5)).isFalse();
    assertThat(precision.isReached(6)).isTrue();
  }

  @Test
  void isNotReachedWhileTheRatiosScatter() {
    for (int round = 1; round <= 8; round++) {
      measure(round, 100, 45 + round);
    }

    assertThat(precision.isReached(8)).isFalse();
  }

  @Test
  void isNotReachedWithoutPairs() {
    for (int round = 1; round <= 6; round++) {
      history.add(Slots.slot(ONE, round, 1, Status.valid));
    }

    assertThat(precision.isReached(6)).isFalse();
  }

  @Test
  void itTellsHowFarTheLeastKnownRatioIsAway() {
    assertThat(precision.widest()).isEmpty();

    for (int round = 1; round <= 6; round++) {
      measure(round, 100, round <= 3 ? 45 : 55);
    }

    // Hodges and Lehmann's estimate lies half-way between 0.45 and 0.55, in logarithms.
    assertThat(precision.widest()).hasValueCloseTo(Math.sqrt(0.55 / 0.45) - 1, within(1e-9));
  }

  private void measure(int round, double one, double two) {
    history.add(Slots.timed(ONE, round, 1, one));
    history.add(Slots.timed(TWO, round, 2, two));
  }
}
