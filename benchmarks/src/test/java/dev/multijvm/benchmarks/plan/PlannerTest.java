package dev.multijvm.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.benchmarks.plan.Plan.LeftOut;
import dev.multijvm.benchmarks.plan.Variant.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Planner PLANNER = new Planner(Catalogue.of(2));

  @Test
  void quickMeasuresTheCardsPointsInSixRounds() {
    Plan plan = plan(Effort.QUICK, Duration.ofMinutes(10));

    assertThat(ids(plan))
        .hasSize(29)
        .contains(
            "counting/warm:mode=process-pool,tasks=2",
            "range-sum/warm:mode=thread-pool,chunks=256",
            "sleep/warm:mode=virtual-threads,tasks=10",
            "range-sum/small:mode=single-thread",
            "ruler/alone",
            "ruler/together");
    assertThat(plan.rounds()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void aShortTimeLeavesOutWholePointsAndKeepsTheRounds() {
    Plan plan = plan(Effort.QUICK, Duration.ofMinutes(2));

    assertThat(plan.rounds()).isEqualTo(6);
    assertThat(leftOutFor("time", plan))
        .contains(
            "range-sum/warm:mode=single-thread,chunks=16",
            "range-sum/warm:mode=thread-pool,chunks=16",
            "range-sum/warm:mode=process-pool,chunks=16");
    assertThat(ids(plan)).contains("counting/warm:mode=single-thread,tasks=2", "ruler/alone");
  }

  @Test
  void whatCannotBeLeftOutGetsFewerRounds() {
    Plan plan = plan(Effort.QUICK, Duration.ofSeconds(30));

    assertThat(ids(plan)).hasSize(5);
    assertThat(plan.rounds()).isBetween(1, 5);
  }

  @Test
  void timeThatWasAskedForBuysRoundsUpToALook() {
    Plan plan = plan(Effort.QUICK, Duration.ofHours(3));

    assertThat(plan.rounds()).isEqualTo(24);
    assertThat(plan(Effort.SMOKE, Duration.ofHours(3)).rounds()).isEqualTo(1);
  }

  @Test
  void smokeFitsIntoAMinute() {
    Plan plan = plan(Effort.SMOKE, null);

    assertThat(plan.rounds()).isEqualTo(1);
    assertThat(leftOutFor("time", plan)).isEmpty();
    assertThat(plan.variants().stream().mapToDouble(PLANNER::estimatedSeconds).sum())
        .isLessThan(60);
  }

  @Test
  void modesThatWereAskedForReplaceTheEffortsOwn() {
    Plan plan =
        PLANNER.plan(
            new Planner.Wish(Effort.QUICK, null, null, List.of("fork-join-pool"), 2, 1),
            Set.of(),
            Instant.EPOCH);

    assertThat(plan.variants().stream().flatMap(it -> it.mode().stream()))
        .isNotEmpty()
        .containsOnly("fork-join-pool");
    assertThat(ids(plan)).contains("counting/warm:mode=fork-join-pool,tasks=2", "ruler/alone");
  }

  @Test
  void includePicksVariantsByIdAndKeepsTheRuler() {
    Plan plan =
        PLANNER.plan(
            new Planner.Wish(Effort.QUICK, null, Pattern.compile("chunks=2\\b"), List.of(), 2, 1),
            Set.of(),
            Instant.EPOCH);

    assertThat(ids(plan))
        .containsExactly(
            "range-sum/warm:mode=single-thread,chunks=2",
            "range-sum/warm:mode=thread-pool,chunks=2",
            "range-sum/warm:mode=process-pool,chunks=2",
            "ruler/alone",
            "ruler/together");
  }

  @Test
  void aSuiteWithADishonestKernelIsLeftOut() {
    Plan plan = PLANNER.plan(wish(Effort.QUICK, null), Set.of("counting"), Instant.EPOCH);

    assertThat(ids(plan)).noneMatch(id -> id.startsWith("counting/"));
    assertThat(leftOutFor("its kernel is not honest", plan))
        .allMatch(id -> id.startsWith("counting/"))
        .isNotEmpty();
  }

  @Test
  void anHourIsEnoughForEverythingBecauseExtrasNeedNotTakePartInEveryRound() {
    Plan plan = plan(Effort.FULL, null);

    assertThat(leftOutFor("time", plan)).isEmpty();
    assertThat(plan.rounds()).isEqualTo(6);
    assertThat(plan.variants().stream().filter(Variant::extra).map(Variant::id))
        .contains("latency/awake:mode=process-pool", "payload/result:mode=process-pool,bytes=1024")
        .doesNotContain("sleep/warm:mode=process-pool,tasks=10", "dispatch/one:mode=thread-pool");
  }

  @Test
  void withNothingElseExtrasAreMeasuredInEveryRound() {
    Plan plan =
        PLANNER.plan(
            new Planner.Wish(Effort.FULL, null, Pattern.compile("latency"), List.of(), 2, 1),
            Set.of(),
            Instant.EPOCH);

    assertThat(ids(plan)).contains("latency/awake:mode=process-pool", "ruler/alone");
    assertThat(plan.variants()).noneMatch(Variant::extra);
  }

  @Test
  void everyVariantIsEitherPlannedOrLeftOutWithAReason() {
    Plan quick = plan(Effort.QUICK, Duration.ofMinutes(2));
    Plan full = plan(Effort.FULL, Duration.ofHours(9));

    assertThat(full.leftOut()).allMatch(it -> it.reason().contains("python3"));
    assertThat(quick.variants().size() + quick.leftOut().size())
        .isEqualTo(full.variants().size() + full.leftOut().size());
  }

  @Test
  void moreWorkersThanTasksAddAPointWithAsManyTasks() {
    Plan plan =
        new Planner(Catalogue.of(8))
            .plan(
                new Planner.Wish(Effort.QUICK, Duration.ofHours(1), null, List.of(), 8, 1),
                Set.of(),
                Instant.EPOCH);

    assertThat(ids(plan)).contains("counting/warm:mode=process-pool,tasks=8");
    assertThat(plan.variants().stream().filter(it -> it.role() == Role.ceiling))
        .singleElement()
        .extracting(Variant::workers)
        .isEqualTo(8);
  }

  private static Plan plan(Effort effort, @Nullable Duration time) {
    return PLANNER.plan(wish(effort, time), Set.of(), Instant.EPOCH);
  }

  private static Planner.Wish wish(Effort effort, @Nullable Duration time) {
    return new Planner.Wish(effort, time, null, List.of(), 2, 1);
  }

  private static List<String> ids(Plan plan) {
    return plan.variants().stream().map(Variant::id).toList();
  }

  private static List<String> leftOutFor(String reason, Plan plan) {
    return plan.leftOut().stream()
        .filter(it -> it.reason().equals(reason))
        .map(LeftOut::id)
        .toList();
  }
}
