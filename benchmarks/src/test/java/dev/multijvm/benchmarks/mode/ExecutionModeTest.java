package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.FoldedLoop;
import dev.multijvm.benchmarks.workload.RangeSum;
import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.Sleep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionModeTest {

  private static final WarmUp WARM_UP = WarmUp.of(new CountingLoop(1000));

  @ParameterizedTest
  @EnumSource
  void everyWorkloadGivesItsKnownAnswerInEveryMode(ExecutionMode mode) throws Exception {
    var batches =
        List.of(
            Batch.of(5, new CountingLoop(100_000)),
            Batch.of(2, new FoldedLoop(100_000)),
            new Batch(RangeSum.inChunks(100_000, 16)),
            Batch.of(3, new Ruler(100_000)),
            Batch.of(3, new Sleep(2)));

    try (var executor = mode.open(2, WARM_UP)) {
      for (var batch : batches) {
        batch.check(batch.run(executor));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aColdModeGivesTheAnswerToo(ExecutionMode mode) throws Exception {
    var batch = Batch.of(2, new CountingLoop(1000));

    try (var executor = mode.open(2)) {
      batch.check(batch.run(executor));
    }
  }

  @ParameterizedTest
  @EnumSource
  void modesAreFoundByTheirKebabNames(ExecutionMode mode) {
    assertThat(ExecutionMode.of(mode.id())).isEqualTo(mode);
    assertThat(mode.id()).matches("[a-z]+(-[a-z]+)+");
  }

  @Test
  void anUnknownModeIsRefusedWithTheNamesOfTheOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExecutionMode.of("threads"))
        .withMessageContaining("single-thread, thread-pool")
        .withMessageEndingWith(": threads");
  }
}
