package dev.multijvm.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.benchmarks.plan.Catalogue;
import dev.multijvm.benchmarks.plan.Effort;
import dev.multijvm.benchmarks.plan.Planner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ListingTest {
  private final Planner planner = new Planner(Catalogue.of(2));

  @Test
  void aPlanThatHasTimeForNothingSaysSo() {
    assertThatThrownBy(() -> requireWorkload(Effort.FULL, Duration.ofSeconds(60)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("nothing can be measured in 60 s")
        .hasMessageContaining("--time");
  }

  @Test
  void aPlanWhoseEffortHasNothingOfWhatIsWantedNamesIt() {
    assertThatThrownBy(() -> requireWorkload(Effort.QUICK, Duration.ofHours(1)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("with --effort full there would be payload/");
  }

  private void requireWorkload(Effort effort, Duration time) {
    var wish = new Planner.Wish(effort, time, Pattern.compile("^payload/"), List.of(), 2, 42);
    Listing.requireWorkload(planner.plan(wish, Set.of(), Instant.EPOCH), planner, wish);
  }
}
