package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.multijvm.benchmarks.exchange.Adding;
import dev.multijvm.benchmarks.exchange.Consumer;
import dev.multijvm.benchmarks.exchange.Conversation;
import dev.multijvm.benchmarks.exchange.LockTurns;
import dev.multijvm.benchmarks.exchange.Producer;
import dev.multijvm.benchmarks.exchange.Racing;
import dev.multijvm.benchmarks.exchange.Tally;
import dev.multijvm.benchmarks.exchange.Way;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.FileRead;
import dev.multijvm.benchmarks.workload.Payload;
import dev.multijvm.benchmarks.workload.RangeSum;
import dev.multijvm.benchmarks.workload.Sleep;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.Thumbnail;
import dev.multijvm.multiprocessing.SharedLong;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A real interpreter, where there is one.
class PythonExecutorTest {

  @TempDir private Path directory;

  private static final WarmUp NONE = new WarmUp(new Squares(1, 1), 0);

  @BeforeEach
  void needPython() {
    assumeTrue(
        ExecutionMode.PYTHON_SERIAL.missing("multiprocessing").isEmpty(), "there is no python3");
    Readings.takeInner();
    Readings.take();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "PYTHON.*")
  void tasksGiveTheirKnownAnswersInPythonToo(ExecutionMode mode) throws Exception {
    var batches =
        List.of(
            Batch.of(3, new CountingLoop(10_000)),
            new Batch(RangeSum.inChunks(100_000, 16)),
            Batch.of(3, new Sleep(2)),
            Batch.of(1, new Squares(7, 9)),
            Batch.of(2, FileRead.of(directory.resolve("file"), 100_000, 1)),
            new Batch(Squares.inChunksOf(10, 1000)));

    try (var executor = mode.open(2, NONE)) {
      for (var batch : batches) {
        batch.check(batch.run(executor));
      }
    }

    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PYTHON_THREADS", "PYTHON_PROCESSES"})
  void whatTasksShareIsPythonsOwn(ExecutionMode mode) throws Exception {
    var queue = new ArrayBlockingQueue<Integer>(1);
    try (var room = SharedLong.create(0);
        var executor = mode.open(2, NONE)) {
      var batches =
          List.of(
              Batch.of(2, new LockTurns(new ReentrantLock(), room, 100, 1000)),
              Batch.of(2, new Adding(new Tally.OfThreads(new AtomicLong()), 1000)),
              new Batch(
                  List.of(
                      new Producer(queue, "bounded", 3000), new Consumer(queue, "bounded", 3000))),
              new Batch(
                  List.of(
                      new Producer(queue, "growing", 3000), new Consumer(queue, "growing", 3000))));

      for (var batch : batches) {
        batch.check(batch.run(executor));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PYTHON_THREADS", "PYTHON_PROCESSES"})
  void whatRunsBesideThePoolGivesItsAnswerToo(ExecutionMode mode) throws Exception {
    var work =
        List.of(
            talk(Way.ROUND_TRIP),
            talk(Way.ONE_WAY),
            new PythonWork("submit-each", List.of(100), new Squares(1, 100).answer()),
            new PythonWork("ask-each", List.of(100), 100),
            new PythonWork("map-squares", List.of("one", 1000, 1), new Squares(1, 1000).answer()),
            new PythonWork(
                "map-squares", List.of("auto", 1000, 2), 2 * new Squares(1, 1000).answer()),
            new PythonWork(
                "map-squares", List.of("arrays", 2000, 1), new Squares(1, 2000).answer()),
            new PythonWork("send-payload", List.of(0), 0),
            new PythonWork("send-payload", List.of(100_000), Payload.sumOf(100_000)),
            new PythonWork("get-payload", List.of(100_000), Payload.sumOf(100_000)),
            new PythonWork("start-and-join", List.of(), 1));

    try (var executor = mode.open(2, NONE)) {
      for (var one : work) {
        assertThat(executor.submit(one).get()).as(one.kernel()).isEqualTo(one.answer());
      }
    }

    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PYTHON_THREADS", "PYTHON_PROCESSES"})
  void pythonTellsHowManyUpdatesItsRaceLost(ExecutionMode mode) throws Exception {
    var race = Batch.of(2, new Racing(new Tally.OfThreads(new AtomicLong()), 1000));

    try (var executor = mode.open(2, NONE)) {
      race.check(race.run(executor));
    }

    assertThat(Readings.take().numbers().get("lost")).isBetween(0.0, 1999.0);
  }

  @Test
  void pythonTellsTheTimeOfEachMessageThatCameBack() throws Exception {
    try (var executor = ExecutionMode.PYTHON_PROCESSES.open(1, NONE)) {
      executor.submit(talk(Way.ROUND_TRIP)).get();
      executor.submit(talk(Way.ONE_WAY)).get();
    }

    assertThat(Readings.take().eachNanos()).hasSize(30).allMatch(nanos -> nanos > 0);
  }

  @Test
  void pythonTellsTheTimeOfEachTaskThatItAskedForInOneGo() throws Exception {
    try (var executor = ExecutionMode.PYTHON_PROCESSES.open(1, NONE)) {
      executor.submit(new PythonWork("ask-each", List.of(30), 30)).get();
    }

    assertThat(Readings.takeInner()).hasSize(30).allMatch(nanos -> nanos > 0);
  }

  private static PythonWork talk(Way way) {
    return new PythonWork(
        "conversation", List.of(way.name(), 100, 30), Conversation.answer(way, 100, 30));
  }

  @Test
  void picturesAreReadInPythonToo() throws Exception {
    assumeTrue(ExecutionMode.PYTHON_SERIAL.missing("PIL").isEmpty(), "python3 has no PIL");
    var thumbnail = Thumbnail.of(directory.resolve("picture.jpg"), 600, 0xa53c);

    try (var executor = ExecutionMode.PYTHON_SERIAL.open(1, NONE)) {
      assertThat(executor.submit(thumbnail).get()).isEqualTo(0xa53c);
    }
  }

  @Test
  void aModuleThatIsNotThereIsNamed() {
    assertThat(ExecutionMode.PYTHON_SERIAL.missing("no_such_module"))
        .hasValue("python3 has no module no_such_module");
    assertThat(ExecutionMode.THREAD_POOL.missing("no_such_module")).isEmpty();
  }

  @Test
  void theClockInsidePythonCountsOnAWarmPoolOnly() throws Exception {
    try (var warm = ExecutionMode.PYTHON_SERIAL.open(1, NONE)) {
      warm.submit(new Sleep(20)).get();
    }
    var inner = Readings.takeInner();
    try (var opener = ExecutionMode.PYTHON_SERIAL.opener(1);
        var cold = opener.open()) {
      cold.submit(new Sleep(1)).get();
    }

    assertThat(inner)
        .singleElement()
        .satisfies(nanos -> assertThat(nanos).isBetween(20_000_000L, 2_000_000_000L));
    assertThat(Readings.takeInner()).isEmpty();
  }

  @Test
  void whatPythonDoesNotKnowIsRefusedWithAReason() {
    try (var executor = ExecutionMode.PYTHON_SERIAL.open(1, NONE)) {
      assertThatThrownBy(() -> executor.submit(new Payload(3)))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("Payload[size=3]");
      assertThatThrownBy(() -> executor.submit(new PythonWork("unheard-of", List.of(), 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("KeyError: 'unheard-of'");
      assertThatThrownBy(() -> executor.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }
}
