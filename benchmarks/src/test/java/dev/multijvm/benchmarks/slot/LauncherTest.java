package dev.multijvm.benchmarks.slot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.multijvm.benchmarks.plan.TinyCatalogue;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final double ANY_FOREIGN = 100;

  @TempDir Path logs;
  private final Launcher launcher = new Launcher(UUID.randomUUID().toString());

  /// Other JMH runs on this machine are none of this test's business.
  @BeforeAll
  static void ignoreTheLock() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(launcher.isIdle()).isTrue();
  }

  @Test
  void aSlotIsMeasuredAndAccounted() throws Exception {
    SlotRecord slot = measure("brief", LONG);

    assertThat(slot.reasons()).isEmpty();
    assertThat(slot.status()).isEqualTo(Status.valid);
    assertThat(slot.maxForeignPercent()).isEqualTo(ANY_FOREIGN);
    assertThat(slot.warmup()).hasSize(2).allMatch(time -> time >= 5);
    assertThat(slot.iterations()).hasSize(3).allMatch(time -> time >= 5);
    assertThat(slot.cpuMillis()).isNotNegative();
    // No JVM lives on less, and this one has 64 MiB of heap.
    assertThat(slot.pssMiB()).isBetween(12.0, 200.0);
    assertThat(slot.peakMiB()).isGreaterThan(30);
    assertThat(slot.peakMiB()).isGreaterThanOrEqualTo(slot.pssMiB());
    var memory = requireNonNull(slot.memory());
    assertThat(memory.workers()).isZero();
    assertThat(memory.programPrivateMiB()).isBetween(10.0, slot.pssMiB());
    assertThat(memory.workerPrivateMiB()).isNull();
    assertThat(slot.processes())
        .singleElement()
        .satisfies(fork -> {
          assertThat(fork.role()).isEqualTo("fork");
          assertThat(fork.arguments()).contains("-Xmx64m");
        });
    assertThat(slot.jmh()).asString().contains("TinySuite.brief", "tree.cpu");
    assertThat(logs.resolve("brief.log")).content().contains("Iteration   3");
    assertThat(logs.toFile().list()).containsExactly("brief.log");
  }

  @Test
  void childrenThatEndInsideTheClockAreCountedAndTheirMemoryIsUnknown() throws Exception {
    SlotRecord slot = measure("bornAndReaped", LONG);

    assertThat(slot.status()).isEqualTo(Status.valid);
    assertThat(slot.cpuMillis()).isGreaterThan(50);
    assertThat(slot.pssMiB()).isNull();
    assertThat(slot.peakMiB()).isNull();
  }

  @Test
  void theCpuTimeOfTheShortestOperationKeepsItsDigits() throws Exception {
    SlotRecord slot = measure("tiny", LONG);

    double byJmh =
        requireNonNull(slot.jmh()).at("/secondaryMetrics/tree.cpu/score").asDouble(Double.NaN);
    assertThat(byJmh).isBetween(1e-6, 1e-2);
    assertThat(slot.cpuMillis()).isCloseTo(byJmh, withinPercentage(0.001));
  }

  @Test
  void whatIsToldOfSomeOperationsIsNotAveragedWithNothing() throws Exception {
    SlotRecord slot = measure("telling", LONG);

    assertThat(slot.readings()).isEqualTo(Map.of("odd", 4.0, "latest", 5.0));
  }

  @Test
  void aBenchmarkThatThrowsFailsWithItsOwnWords() throws Exception {
    SlotRecord slot = measure("throwing", LONG);

    assertThat(slot.status()).isEqualTo(Status.failed);
    assertThat(slot.reasons())
        .containsExactly("java.lang.IllegalStateException: the kettle is empty");
    assertThat(slot.iterations()).isEmpty();
    assertThat(slot.jmh()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"losing, worker process", "dying, Forked VM failed"})
  void aKillFromOutsideRejectsTheSlotInsteadOfBlamingTheBenchmark(String name, String who)
      throws Exception {
    SlotRecord slot = measure(name, LONG);

    assertThat(slot.status()).isEqualTo(Status.rejected);
    assertThat(slot.reasons())
        .singleElement()
        .asString()
        .startsWith("killed from outside: ")
        .contains(who);
  }

  @Test
  void aForkThatHangsIsKilledAtItsDeadline() throws Exception {
    SlotRecord slot = measure("hanging", Duration.ofSeconds(4));

    assertThat(slot.status()).isEqualTo(Status.failed);
    assertThat(slot.reasons()).containsExactly("did not end within 4 s");
  }

  @Test
  void aProcessThatStaysBehindIsKilledAndNamed() throws Exception {
    SlotRecord slot = measure("leaving", LONG);

    assertThat(slot.status()).isEqualTo(Status.valid);
    assertThat(slot.doubts())
        .singleElement()
        .asString()
        .matches("left behind and killed: pid \\d+ \\(sleep\\)");
    // It has little more than a libc, which others map too.
    var memory = requireNonNull(slot.memory());
    assertThat(memory.workers()).isEqualTo(1);
    assertThat(memory.workerPrivateMiB()).isBetween(0.02, 2.0);
    assertThat(memory.workerSharedMiB()).isBetween(0.5, 10.0);
  }

  @Test
  void aVariantThatIsNotThereFails() throws Exception {
    SlotRecord slot = measure("missing", LONG);

    assertThat(slot.status()).isEqualTo(Status.failed);
    assertThat(slot.reasons()).singleElement().asString().contains("No benchmarks");
  }

  private SlotRecord measure(String caseName, Duration deadline) throws Exception {
    Variant variant = TinyCatalogue.variant(caseName);
    Launcher.Outcome outcome =
        launcher.launch(variant, List.of("-Xmx64m"), logs.resolve(caseName + ".log"), deadline);
    return new SlotJudge(ANY_FOREIGN).judge(variant, 1, 1, outcome, 0);
  }
}
