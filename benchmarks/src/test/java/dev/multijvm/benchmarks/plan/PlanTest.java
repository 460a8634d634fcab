package dev.multijvm.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final int WORKERS = 2;

  @Test
  void everyRoundHasEveryVariantOnceInAnOrderOfItsOwn() {
    Plan plan = plan(42);

    assertThat(plan.round(1)).containsExactlyInAnyOrderElementsOf(plan.variants());
    assertThat(plan.round(2)).containsExactlyInAnyOrderElementsOf(plan.variants());
    assertThat(plan.round(1)).isNotEqualTo(plan.round(2)).isNotEqualTo(plan.variants());
  }

  @Test
  void theSeedAloneDecidesTheOrder() {
    assertThat(plan(42).round(3)).isEqualTo(plan(42).round(3));
    assertThat(plan(42).round(3)).isNotEqualTo(plan(43).round(3));
  }

  private static Plan plan(long seed) {
    return new Planner(Catalogue.of(WORKERS))
        .plan(
            new Planner.Wish(Effort.QUICK, null, null, List.of(), WORKERS, seed),
            Set.of(),
            Instant.EPOCH);
  }
}
