package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.FileRead;
import dev.multijvm.benchmarks.workload.FoldedLoop;
import dev.multijvm.benchmarks.workload.Mixed;
import dev.multijvm.benchmarks.workload.OneForTwo;
import dev.multijvm.benchmarks.workload.Payload;
import dev.multijvm.benchmarks.workload.RangeSum;
import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.Sleep;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.Thumbnail;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.WorkerInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExecutionModeTest {

  private static final WarmUp WARM_UP = WarmUp.of(new CountingLoop(1000));

  @TempDir private Path directory;

  static Stream<ExecutionMode> modesOfJava() {
    return Stream.of(ExecutionMode.values()).filter(mode -> !mode.isPython());
  }

  @ParameterizedTest
  @MethodSource("modesOfJava")
  void everyWorkloadGivesItsKnownAnswerInEveryMode(ExecutionMode mode) throws Exception {
    var batches =
        List.of(
            Batch.of(5, new CountingLoop(100_000)),
            Batch.of(2, new FoldedLoop(100_000)),
            new Batch(RangeSum.inChunks(100_000, 16)),
            Batch.of(3, new Ruler(100_000)),
            Batch.of(3, new Sleep(2)),
            Batch.of(3, new Payload(100_000)),
            new Batch(Squares.inChunksOf(10, 1000)),
            Batch.of(3, new Mixed(new Sleep(2), new CountingLoop(1000))),
            new Batch(
                List.of(
                    Thumbnail.of(directory.resolve("light.jpg"), 300, 0xa53c),
                    Thumbnail.of(directory.resolve("dark.jpg"), 300, 1))),
            new Batch(
                List.of(
                    FileRead.of(directory.resolve("a"), 100_000, 1),
                    FileRead.of(directory.resolve("b"), 1, 2))));

    try (var executor = mode.open(2, WARM_UP)) {
      for (var batch : batches) {
        batch.check(batch.run(executor));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("modesOfJava")
  void aColdModeGivesTheAnswerToo(ExecutionMode mode) throws Exception {
    var batch = Batch.of(2, new CountingLoop(1000));

    try (var executor = mode.opener(2).open()) {
      batch.check(batch.run(executor));
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"SINGLE_THREAD", "PYTHON.*"})
  void asManyLongTasksAsWorkersOverlapInEveryParallelMode(ExecutionMode mode) throws Exception {
    var tasks = Collections.nCopies(3, new Meeting(directory.toString(), 3));

    try (var executor = mode.opener(3).open()) {
      for (var met : executor.invokeAll(tasks)) {
        assertThat(met.get().pid()).isPositive();
      }
    }
  }

  @Test
  void everyWorkerHasWarmedUpOnceBeforeItsFirstTask() throws Exception {
    var tasks = Collections.nCopies(3, new Meeting(directory.toString(), 3));

    var attendances = new ArrayList<Meeting.Attendance>();
    try (var pool = ExecutionMode.PROCESS_POOL.open(3, WARM_UP)) {
      for (var met : pool.invokeAll(tasks)) {
        attendances.add(met.get());
      }
    }

    assertThat(attendances).extracting(Meeting.Attendance::pid).doesNotHaveDuplicates();
    assertThat(attendances).extracting(Meeting.Attendance::warmUps).containsOnly(1L);
  }

  @Test
  void aWarmPoolIsOpenWhenItsWorkersAreReady() throws Exception {
    try (var pool = (ProcessPool) ExecutionMode.PROCESS_POOL.open(3, WARM_UP)) {
      assertThat(pool.workers()).hasSize(3);
      assertThat(pool.workers()).extracting(WorkerInfo::state).containsOnly(WorkerInfo.State.IDLE);
    }
  }

  @ParameterizedTest
  @MethodSource("modesOfJava")
  void aWarmUpThatGoesWrongOpensNothingAndSaysWhy(ExecutionMode mode) {
    var wrong = WarmUp.of(new OneForTwo());

    assertThatThrownBy(() -> mode.open(2, wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("one-for-two answered 1 instead of 2");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_NONE,
      names = {"PROCESS_POOL", "PYTHON.*"})
  void theCallersJvmWarmsUpWhereTasksRunInIt(ExecutionMode mode) {
    long before = WarmUp.completed();

    mode.open(2, WARM_UP).close();

    assertThat(WarmUp.completed()).isEqualTo(before + 1);
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
