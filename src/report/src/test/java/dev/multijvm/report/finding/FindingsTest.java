package dev.multijvm.report.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.multijvm.report.run.Role;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void aParameterWithThreeValuesIsASweepAndTitlesShareTheirBeginning() {
    for (int chunks : new int[] {1, 2, 16}) {
      measure(
          "range-sum/warm:mode=thread-pool,chunks=" + chunks, "Sum in " + chunks + " chunks", 10);
    }

    Workload workload = findings().workloads().getFirst();

    assertThat(workload.id()).isEqualTo("range-sum");
    assertThat(workload.title()).isEqualTo("Sum");
    assertThat(workload.sweep()).isEqualTo("chunks");
    assertThat(workload.values()).containsExactly(1, 2, 16);
    assertThat(workload.point()).as("as many as workers").isEqualTo(2);
  }

  @Test
  void twoValuesOfAParameterAreTwoWorkloads() {
    measure("sleep/warm:mode=thread-pool,tasks=2", "Sleeping twice", 500);
    measure("sleep/warm:mode=thread-pool,tasks=10", "Sleeping 10 times", 500);

    assertThat(findings().workloads())
        .extracting(Workload::title)
        .containsExactly("Sleeping twice", "Sleeping 10 times");
  }

  @Test
  void warmAndColdAreOneWorkloadAndOtherCasesAreTheirOwn() {
    measure("counting/warm:mode=thread-pool,tasks=2", "Counting", 180);
    measure("counting/cold:mode=thread-pool,tasks=2", "Counting", 210);
    measure("counting/many:mode=thread-pool,tasks=2", "Counting often", 180);

    assertThat(findings().workloads())
        .extracting(Workload::id)
        .containsExactly("counting:tasks=2", "counting/many:tasks=2");
  }

  @Test
  void equalTimesAreAlike() {
    modes(350, 180, 181);

    assertThat(answer().outcome()).isEqualTo(Outcome.ALIKE);
    assertThat(answer().evidence())
        .startsWith(
            "Processes take 0.52 [0.52, 0.52] of one thread's time and 1.01 [1.01, 1.01] of");
  }

  @Test
  void theFasterOfTwoWinsWhereBothBeatOneThread() {
    modes(350, 180, 150);

    assertThat(answer().outcome()).isEqualTo(Outcome.PROCESSES);
  }

  @Test
  void oneThreadWinsWhereBothAreSlowerThanIt() {
    modes(1, 14, 12);

    assertThat(answer().outcome()).isEqualTo(Outcome.ONE_THREAD);
    assertThat(answer().evidence()).contains("12.0 [12.0, 12.0] times one thread's time");
  }

  @Test
  void anIntervalWithRoomForBothDecidesNothing() {
    measure("counting/warm:mode=single-thread", "Counting", 350);
    measure("counting/warm:mode=thread-pool", "Counting", 180);
    measure("counting/warm:mode=process-pool", "Counting", 150, 160, 170, 190, 200, 210);

    assertThat(answer().outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(answer().sentence()).contains("too close to call", "room for both");
  }

  @Test
  void fiveRoundsGivePointsAndNoVerdict() {
    measure("counting/warm:mode=single-thread", "Counting", 350, 350, 350, 350, 350);
    measure("counting/warm:mode=thread-pool", "Counting", 180, 180, 180, 180, 180);
    measure("counting/warm:mode=process-pool", "Counting", 180, 180, 180, 180, 180);

    assertThat(answer().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer().evidence())
        .contains("1.00 (5 rounds)", "under 6 rounds there is no interval");
  }

  @Test
  void theCeilingIsWorkersTimesTheRulerAloneOverTheRulerTogether() {
    measurements.measure(Role.RULER, "ruler/alone", "Ruler", 100);
    measurements.measure(Role.CEILING, "ruler/together", "Ruler", 125);

    assertThat(findings().ceiling().orElseThrow().speedUp().estimate()).isEqualTo(1.6);
  }

  private void modes(double single, double threads, double processes) {
    measure("counting/warm:mode=single-thread", "Counting", single);
    measure("counting/warm:mode=thread-pool", "Counting", threads);
    measure("counting/warm:mode=process-pool", "Counting", processes);
  }

  @Test
  void threadsWinWithoutOneThreadToCompareWith() {
    measure("latency/asleep:mode=thread-pool", "Asking", 10);
    measure("latency/asleep:mode=process-pool", "Asking", 15);

    assertThat(answer().outcome()).isEqualTo(Outcome.THREADS);
  }

  @Test
  void aSweepOfChunksTellsFromWhichTaskSizeProcessesPay() {
    chunks(1, 100, 100);
    chunks(2, 100, 60);
    chunks(25, 100, 50);
    chunks(100, 100, 200);

    assertThat(answer().price())
        .as("tasks of 4 ms take half of one thread's time, tasks of 1 ms twice of it")
        .startsWith("From tasks of 2.00 ms on they beat one thread");
  }

  @Test
  void chunksThatAreTooFewForAllWorkersSayNothingAboutTaskSize() {
    chunks(1, 100, 300);
    chunks(2, 100, 60);
    chunks(4, 100, 50);

    assertThat(findings().workloads().getFirst().taskSize(1)).isEmpty();
    assertThat(answer().price()).doesNotContain("From tasks");
  }

  @Test
  void titlesThatDifferInOneWordAreOneWithoutIt() {
    for (int bytes : new int[] {0, 1024, 65_536}) {
      measure(
          "payload/argument:mode=thread-pool,bytes=" + bytes,
          "Sending " + bytes + " bytes to a task",
          10);
    }

    assertThat(findings().workloads().getFirst().title()).isEqualTo("Sending bytes to a task");
    assertThat(findings().workloads().getFirst().heading())
        .isEqualTo("Sending 1024 bytes to a task");
  }

  @Test
  void anotherModeIsNotCalledFasterWhereOneThreadBeatsItToo() {
    modes(1, 140, 120);
    measure("counting/warm:mode=virtual-threads", "Counting", 60);

    assertThat(answer().outcome()).isEqualTo(Outcome.ONE_THREAD);
    assertThat(answer().evidence()).doesNotContain("Faster still");
  }

  @Test
  void aModeThatBeatsOneThreadIsFasterStillThanAnyPool() {
    modes(100, 140, 120);
    measure("counting/warm:mode=virtual-threads", "Counting", 60);

    assertThat(answer().evidence()).contains("Faster still: virtual threads, 0.43");
  }

  @Test
  void noVerdictHasItsReasonWhereOnlyTheQuestionLacksRounds() {
    measure("counting/warm:mode=single-thread", "Counting", 350);
    measure("counting/warm:mode=thread-pool", "Counting", 180, 180, 180, 180, 180);
    measure("counting/warm:mode=process-pool", "Counting", 170);

    assertThat(answer().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer().evidence()).contains("(5 rounds)", "under 6 rounds there is no interval");
  }

  @Test
  void noVerdictHasItsReasonWhereThereAreNoThreads() {
    measure("counting/warm:mode=single-thread", "Counting", 350);
    measure("counting/warm:mode=process-pool", "Counting", 170);

    assertThat(answer().outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(answer().evidence()).contains("there are no threads to compare with");
  }

  @Test
  void aStartThatCostsNothingIsSaidToBeUnseenForProcessesToo() {
    measure("counting/warm:mode=process-pool", "Counting", 200);
    measure("counting/cold:mode=process-pool", "Counting", 189);
    measure("counting/warm:mode=thread-pool", "Counting", 200);
    measure("counting/cold:mode=thread-pool", "Counting", 190);

    assertThat(answer().price())
        .startsWith("No cost of starting them is seen (threads: none seen)");
  }

  @Test
  void theStatedLevelCoversRatiosOfFewerRoundsThanTheirModes() {
    double gap = Double.NaN;
    measure("counting/warm:mode=thread-pool", "Counting", 1, 2, 3, 4, 5, 6, 7, 8, gap, gap);
    measure("counting/warm:mode=process-pool", "Counting", gap, gap, 1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(findings().level()).as("8 rounds each, 6 of them common").hasValue("96.9 to 99.2 %");
  }

  @Test
  void cpuTimeIsTheMedianOfAllRoundsAndZeroIsATime() {
    measure("sleep/warm:mode=thread-pool", "Sleeping", 500);
    measurements.cpuMillis("sleep/warm:mode=thread-pool", 20, 20, 10, 10, 0, 0);

    assertThat(findings().cells().getFirst().cpuMillis()).hasValue(10);
  }

  @Test
  void cpuTimesHaveNoRatioWhereOneOfThemIsZero() {
    measure("sleep/warm:mode=single-thread", "Sleeping", 1000);
    measure("sleep/warm:mode=thread-pool", "Sleeping", 500);
    measure("sleep/warm:mode=process-pool", "Sleeping", 500);
    measurements.cpuMillis("sleep/warm:mode=single-thread", 10, 10, 10, 10, 10, 10);
    measurements.cpuMillis("sleep/warm:mode=thread-pool", 20, 20, 10, 10, 0, 0);
    measurements.cpuMillis("sleep/warm:mode=process-pool", 20, 20, 20, 20, 20, 20);
    Cell one = findings().cells().get(0);

    assertThat(findings().cells().get(1).cpuRatioTo(one)).isEmpty();
    assertThat(findings().cells().get(2).cpuRatioTo(one).orElseThrow().ratio().estimate())
        .isCloseTo(2, within(1e-9));
  }

  private void chunks(int chunks, double one, double processes) {
    String title = "Sum in " + chunks + " chunks";
    measure("range-sum/warm:mode=single-thread,chunks=" + chunks, title, one);
    measure("range-sum/warm:mode=process-pool,chunks=" + chunks, title, processes);
  }

  private void measure(String id, String title, double... millis) {
    measurements.measure(Role.WORKLOAD, id, title, millis);
  }

  private Answer answer() {
    return findings().answers().getFirst();
  }

  private Findings findings() {
    return measurements.findings();
  }
}
