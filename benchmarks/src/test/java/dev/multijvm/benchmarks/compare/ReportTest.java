package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.statistics.SequentialDesign;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
  @Test
  void confirmedSlowdownIsNamedWithItsIntervalAndExitsWithOne() {
    Outcome outcome = outcome(new Ending.Decided(), contest("slow", 1.10), contest("equal", 1.00));

    assertThat(outcome.answer()).isEqualTo(Outcome.Answer.SLOWER);
    assertThat(outcome.answer().exitStatus()).isEqualTo(1);
    assertThat(new Report(outcome).text())
        .contains("v2 is slower than v1: B.slow by 10.0 % [9.2, 10.8].")
        .contains("slower, confirmed")
        .contains("99.2 %");
  }

  @Test
  void sameAndFasterAreNotSlower() {
    Outcome outcome = outcome(new Ending.Decided(), contest("fast", 0.9), contest("equal", 1.00));

    assertThat(outcome.answer().exitStatus()).isZero();
    assertThat(new Report(outcome).text())
        .contains("v2 is not slower than v1 (2 cases).")
        .contains("would have been seen nine times in ten")
        .contains("Measured again because others used the machine: 3 pairs.");
  }

  @Test
  void casesWithoutAVerdictKeepTheAnswerOpen() {
    Contest unmeasured = new Contest(new Case("a.B.late", Map.of()), SequentialDesign.GATE);
    Outcome outcome = outcome(new Ending.TimeUp(), contest("equal", 1.00), unmeasured);

    assertThat(outcome.answer().exitStatus()).isEqualTo(2);
    assertThat(new Report(outcome).text())
        .contains("not measured")
        .contains("The time was up; cases without a verdict stay open.");
  }

  @Test
  void whatWouldHaveBeenSeenIsSaidOfCasesWithEnoughPairsOnly() {
    Contest tooFew = new Contest(new Case("a.B.few", Map.of()), SequentialDesign.GATE);
    for (int i = 0; i < 5; i++) {
      tooFew.add(new Contest.Pair(1e6, 1e6, 2));
    }
    Outcome some = outcome(new Ending.TimeUp(), contest("equal", 1.00), tooFew);
    Outcome all = outcome(new Ending.Decided(), contest("equal", 1.00));

    assertThat(new Report(some).text())
        .contains("nine times in ten in every case with 6 pairs or more.");
    assertThat(new Report(all).text()).contains("nine times in ten in every case.");
  }

  @Test
  void nothingIsSaidToBeOpenWhereTheTimeWasUpButEveryCaseHasItsVerdict() {
    Outcome outcome = outcome(new Ending.TimeUp(), contest("equal", 1.00));

    assertThat(new Report(outcome).text()).contains("The time was up.").doesNotContain("open");
  }

  @Test
  void whatIsNotValidStaysSoWhateverWasMeasured() {
    Outcome outcome = outcome(new Ending.NotValid("It threw."), contest("slow", 1.10));

    assertThat(outcome.answer().exitStatus()).isEqualTo(3);
    assertThat(new Report(outcome).text()).contains("Not valid").contains("It threw.");
  }

  @Test
  void markdownIsATableUnderTheAnswer() {
    String page = new Report(outcome(new Ending.Decided(), contest("equal", 1.00))).markdown();

    assertThat(page)
        .startsWith("# v2 is not slower than v1 (1 case).\n\n| case | base | head |")
        .contains("| B.equal | 1.000 ms | 1.000 ms | 1.000 | 0.993 to 1.007 | 99.2 % | 8 | same |")
        .contains("seed 7");
  }

  @Test
  void jsonHoldsTheAnswerAndEveryPair() {
    Outcome outcome = outcome(new Ending.Decided(), contest("slow", 1.10));

    JsonNode root = JsonMapper.shared().readTree(new JsonReport(outcome).json());

    assertThat(root.path("answer").asString()).isEqualTo("slower");
    assertThat(root.path("exitStatus").asInt()).isEqualTo(1);
    assertThat(root.path("maxForeignPercent").asDouble()).isEqualTo(10);
    JsonNode slow = root.path("cases").path(0);
    assertThat(slow.path("verdict").asString()).isEqualTo("regressed");
    assertThat(slow.path("pairs").size()).isEqualTo(16);
    assertThat(slow.path("pairsOfConfirmation").asInt()).isEqualTo(8);
    assertThat(slow.path("low").asDouble()).isBetween(1.09, 1.10);
  }

  /// A decided contest whose pairs lie within 0.7 % of `ratio`.
  private static Contest contest(String name, double ratio) {
    Contest contest = new Contest(new Case("a.B." + name, Map.of()), SequentialDesign.GATE);
    for (int i = 0; !contest.isDecided(); i++) {
      double head = 1e6 * ratio * Math.exp(0.007 * (i % 3 - 1));
      contest.add(new Contest.Pair(1e6, head, 2));
    }
    return contest;
  }

  private static Outcome outcome(Ending ending, Contest... contests) {
    return new Outcome(
        new Sides(side("v1"), side("v2")),
        SequentialDesign.GATE,
        List.of(contests),
        List.of(),
        ending,
        3,
        new Tolerance(10),
        Instant.EPOCH,
        7);
  }

  private static Side side(String label) {
    return new Side(label, label, new JmhJar(Path.of(label + ".jar"), "unchanged"));
  }
}
