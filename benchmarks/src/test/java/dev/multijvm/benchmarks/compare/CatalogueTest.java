package dev.multijvm.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void listingBecomesACaseForEachCombinationOfParameters() {
    String listing =
        """
        WARNING: something about the JVM
        Benchmarks:\s
        org.example.Sums.log
        org.example.Sums.sum
          param "size" = {100, 1000}
          param "kind" = {PLAIN, FANCY}
        org.example.Sums.log
        """;

    assertThat(Catalogue.parse(listing))
        .extracting(Case::id)
        .containsExactly(
            "Sums.log",
            "Sums.sum:size=100,kind=PLAIN",
            "Sums.sum:size=100,kind=FANCY",
            "Sums.sum:size=1000,kind=PLAIN",
            "Sums.sum:size=1000,kind=FANCY");
  }

  @Test
  void ownSuitesAreNamedLikeVariantsOfARun() {
    String listing =
        """
        Benchmarks:
        dev.multijvm.benchmarks.suite.RangeSumSuite.warm
          param "chunks" = {16}
          param "mode" = {process-pool}
        """;

    assertThat(Catalogue.parse(listing))
        .extracting(Case::id)
        .containsExactly("range-sum/warm:mode=process-pool,chunks=16");
  }

  @Test
  void whatIsNoListingHasNoCases() {
    assertThat(Catalogue.parse("Error: Invalid or corrupt jarfile x.jar\n")).isEmpty();
  }

  @Test
  void argumentsMatchTheCaseAndNoOther() {
    Case measured = new Case("org.example.Sums$Inner.sum", Map.of("size", "100"));

    assertThat(measured.arguments())
        .containsExactly("^org\\.example\\.Sums\\$Inner\\.sum$", "-p", "size=100");
  }

  @Test
  void onlySharedCasesAreComparedAndTheOthersNamed() {
    Selection selection =
        Selection.of(cases("a.B.old", "a.B.both"), cases("a.B.both", "a.B.young"), _ -> true);

    assertThat(selection.cases()).extracting(Case::id).containsExactly("B.both");
    assertThat(selection.notShared())
        .containsExactly("Only in base: B.old", "Only in head: B.young");
  }

  @Test
  void valueWithACommaIsRefusedBecauseJmhWouldTakeItForTwo() {
    SequencedSet<Case> cases = cases("a.B.plain");
    cases.add(new Case("a.B.odd", Map.of("text", "x,y")));

    assertThatExceptionOfType(NotValidException.class)
        .isThrownBy(() -> Selection.of(cases, cases, _ -> true))
        .withMessageContaining("B.odd:text=x,y")
        .withMessageContaining("--exclude");
    assertThat(Selection.of(cases, cases, it -> it.parameters().isEmpty()).cases()).hasSize(1);
  }

  @Test
  void nothingSharedIsNotValid() {
    assertThatExceptionOfType(NotValidException.class)
        .isThrownBy(() -> Selection.of(cases("a.B.old"), cases("a.B.young"), _ -> true))
        .withMessageContaining("Only in base: B.old")
        .withMessageContaining("--include");
  }

  @Test
  void theGateTakesAllOfForeignJarsAndSixCasesOfOurs() {
    String suites = "dev.multijvm.benchmarks.suite.";

    assertThat(Selection.isInGate(new Case("org.example.Sums.sum", Map.of()))).isTrue();
    assertThat(Selection.isInGate(new Case(suites + "SleepSuite.warm", Map.of()))).isFalse();
    assertThat(
            Selection.isInGate(
                new Case(suites + "CountingSuite.warm", Map.of("mode", "process-pool"))))
        .isFalse();
  }

  @Test
  void casesOfTheGateAreMeasuredLongerThanTheyTakeToStart() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("mode", "process-pool");
    parameters.put("chunks", "16");
    String suites = "dev.multijvm.benchmarks.suite.";

    assertThat(Selection.settings(new Case(suites + "RangeSumSuite.warm", parameters)))
        .containsExactly("-wi", "6", "-i", "15");
    assertThat(Selection.settings(new Case(suites + "SleepSuite.warm", Map.of()))).isEmpty();
    assertThat(Selection.settings(new Case("org.example.Sums.sum", Map.of()))).contains("100ms");
  }

  private static SequencedSet<Case> cases(String... benchmarks) {
    return Arrays.stream(benchmarks)
        .map(benchmark -> new Case(benchmark, Map.of()))
        .collect(LinkedHashSet::new, SequencedSet::add, SequencedSet::addAll);
  }
}
