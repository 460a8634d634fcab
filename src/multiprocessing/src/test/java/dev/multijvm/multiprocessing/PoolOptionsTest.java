package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;

/// What each of [PoolOptions] does to a pool.
@ParameterizedClass
@EachTransport
@Timeout(60)
class PoolOptionsTest {
  private final PoolOptions options;

  @TempDir Path directory;

  PoolOptionsTest(Transport transport) {
    options =
        PoolOptions.defaults()
            .withWorkers(1)
            .withTransport(transport)
            .withJvmArguments(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
  }

  private static SerializableCallable<Long> pid() {
    return () -> ProcessHandle.current().pid();
  }

  private static SerializableRunnable sleep(long millis) {
    return () -> nap(millis);
  }

  private static void nap(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void initializerRunsOnceInEachWorkerBeforeItsTasks() throws Exception {
    var init = options.withInitializer(() -> add("init.test", 1)).withTasksPerWorker(2);
    try (var pool = ProcessPool.open(init)) {
      for (int i = 0; i < 5; i++) {
        assertThat(pool.submit(() -> Integer.getInteger("init.test")).get(30, SECONDS))
            .isEqualTo(1);
      }
    }
  }

  private static void add(String property, int delta) {
    System.setProperty(property, "" + (Integer.getInteger(property, 0) + delta));
  }

  @Test
  void initializerThatThrowsBreaksThePoolAndSaysWhy() throws Exception {
    var init =
        options.withInitializer(() -> {
          throw new IllegalStateException("no such licence");
        });
    try (var pool = ProcessPool.open(init.withWorkers(4))) {
      var waiting = pool.submit(() -> 1);

      assertThatThrownBy(() -> waiting.get(30, SECONDS))
          .hasCauseInstanceOf(MultiprocessingException.class)
          .hasRootCauseMessage("no such licence");
      while (!pool.workers().isEmpty()) {
        nap(1); // each of them ends without having come to life
      }
      assertThatThrownBy(() -> pool.submit(() -> 2))
          .isInstanceOf(RejectedExecutionException.class)
          .hasRootCauseMessage("no such licence");
    }
  }

  @Test
  void initializerThatThrowsInAReplacementSparesTheTaskOfAnotherWorker() throws Exception {
    var marker = directory.resolve("expired");
    var gate = directory.resolve("gate");
    String[] paths = {marker.toString(), gate.toString()};
    var init =
        options
            .withWorkers(2)
            .withInitializer(() -> {
              if (new File(paths[0]).exists()) {
                throw new IllegalStateException("no such licence");
              }
            });
    try (var pool = ProcessPool.open(init)) {
      while (pool.workers().stream().anyMatch(one -> one.state() == WorkerInfo.State.STARTING)) {
        nap(1);
      }
      var running =
          pool.submit(() -> {
            while (!new File(paths[1]).exists()) {
              nap(1);
            }
            return 7;
          });
      Files.createFile(marker);
      kill(pool, WorkerInfo.State.IDLE);
      var waiting = pool.submit(() -> 1, TaskOptions.defaults().withRetries(1));

      assertThatThrownBy(() -> waiting.get(30, SECONDS)).hasRootCauseMessage("no such licence");
      Files.createFile(gate);
      assertThat(running.get(30, SECONDS)).isEqualTo(7);
    }
  }

  private static void kill(ProcessPool pool, WorkerInfo.State state) {
    for (var worker : pool.workers()) {
      if (worker.state() == state) {
        ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
      }
    }
  }

  @Test
  void initializerThatLastsTooLongBreaksThePool() throws Exception {
    var init =
        options.withInitializer(sleep(60_000)).withInitializerTimeout(Duration.ofMillis(300));
    try (var pool = ProcessPool.open(init)) {
      var waiting = pool.submit(() -> 1);

      assertThatThrownBy(() -> waiting.get(30, SECONDS))
          .hasCauseInstanceOf(MultiprocessingException.class)
          .hasStackTraceContaining("did not start and run its initializer within PT0.3S");
    }
  }

  @Test
  void exitHookRunsWhenAWorkerIsRecycledAndWhenThePoolCloses() throws Exception {
    String place = directory.toString();
    var hook = options.withTasksPerWorker(1).withExitHook(() -> leaveTrace(place));
    try (var pool = ProcessPool.open(hook)) {
      assertThat(pool.submit(pid()).get(30, SECONDS))
          .isNotEqualTo(pool.submit(pid()).get(30, SECONDS));
    }

    try (var traces = Files.list(directory)) {
      assertThat(traces.count()).isBetween(2L, 3L);
    }
  }

  private static void leaveTrace(String place) {
    nap(1); // which fails if this thread is interrupted
    try {
      Files.createFile(Path.of(place, "" + ProcessHandle.current().pid()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Test
  void interruptThatWasMeantForATaskDoesNotReachTheExitHook() throws Exception {
    String place = directory.toString();
    try (var pool = ProcessPool.open(options.withExitHook(() -> leaveTrace(place)))) {
      pool.submit(() -> Thread.currentThread().interrupt()).get(30, SECONDS);
    }

    try (var traces = Files.list(directory)) {
      assertThat(traces.count()).isEqualTo(1);
    }
  }

  @Test
  void exitHookThatLastsTooLongIsCutOff() throws Exception {
    var hook = options.withExitHook(sleep(60_000)).withExitTimeout(Duration.ofMillis(300));
    var pool = ProcessPool.open(hook);
    assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);

    pool.shutdown();

    assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
  }

  @Test
  void workerIsReplacedAfterSoManyTasks() throws Exception {
    try (var pool = ProcessPool.open(options.withTasksPerWorker(3))) {
      var pids = IntStream.range(0, 9).mapToObj(_ -> pool.submit(pid())).toList();

      var different = new HashSet<Long>();
      for (var future : pids) {
        different.add(future.get(30, SECONDS));
      }
      assertThat(different).hasSize(3);
    }
  }

  @Test
  void workersWithTheirLastTaskKeepTheirPlaces() throws Exception {
    try (var pool = ProcessPool.open(options.withWorkers(3).withTasksPerWorker(1))) {
      var tasks = IntStream.range(0, 12).mapToObj(_ -> pool.submit(sleep(300))).toList();

      for (var task : tasks) {
        task.get(30, SECONDS);
        assertThat(pool.workers()).hasSizeLessThanOrEqualTo(2 * 3);
      }
      int started = pool.insights().starts().values().stream().mapToInt(n -> n).sum();
      assertThat(started).isBetween(12, 12 + 3);
    }
  }

  @Test
  void workerThatRanOutOfMemoryIsReplaced() throws Exception {
    try (var pool = ProcessPool.open(options)) {
      long before = pool.submit(pid()).get(30, SECONDS);

      assertThatThrownBy(() -> pool.submit(() -> new byte[1 << 30].length).get(30, SECONDS))
          .hasCauseInstanceOf(OutOfMemoryError.class);

      assertThat(pool.submit(pid()).get(30, SECONDS)).isNotEqualTo(before);
    }
  }

  /// Such a result comes by another way than small ones.
  @Test
  void workerThatRanOutOfMemoryAndHasMuchToSayIsReplaced() throws Exception {
    SerializableCallable<Integer> task =
        () -> {
          throw new OutOfMemoryError("much ".repeat(20_000));
        };
    try (var pool = ProcessPool.open(options)) {
      long before = pool.submit(pid()).get(30, SECONDS);

      assertThatThrownBy(() -> pool.submit(task).get(30, SECONDS))
          .hasCauseInstanceOf(OutOfMemoryError.class);

      assertThat(pool.submit(pid()).get(30, SECONDS)).isNotEqualTo(before);
    }
  }

  @Test
  void submitWaitsForRoomInTheQueue() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(2))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      var running = pool.submit(sleep(60_000));
      var queued = IntStream.range(0, 2).mapToObj(n -> pool.submit(() -> n)).toList();
      var submitter =
          Thread.ofPlatform()
              .start(() -> {
                var _ = pool.submit(() -> 9);
              });

      assertThat(submitter.join(Duration.ofMillis(200))).isFalse();
      running.cancel(true);

      submitter.join();
      assertThat(queued.getLast().get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void submitterThatIsInterruptedWhileItWaitsForRoomIsRejected() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(1))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      var running = pool.submit(sleep(60_000));
      var queued = pool.submit(() -> 2);

      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> pool.submit(() -> 3))
          .isInstanceOf(RejectedExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
      running.cancel(true);
      assertThat(queued.get(30, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void timeoutCountsWhileThereIsNoRoomInTheQueue() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(1))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      var running = pool.submit(sleep(60_000));
      var queued = pool.submit(() -> 2);
      List<SerializableCallable<Integer>> tasks = List.of(() -> 3, () -> 4);

      var futures = pool.invokeAll(tasks, 100, MILLISECONDS);

      assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
      assertThatThrownBy(() -> pool.invokeAny(tasks, 100, MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      running.cancel(true);
      assertThat(queued.get(30, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void whoIsInterruptedWhileThereIsNoRoomInTheQueueIsToldAsInAnyWait() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(1))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      var running = pool.submit(sleep(60_000));
      var queued = pool.submit(() -> 2);
      List<SerializableCallable<Integer>> tasks = List.of(() -> 3);

      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.invokeAll(tasks)).isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.map(n -> n, List.of(3)))
          .isInstanceOf(InterruptedException.class);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.imap(n -> n, Stream.of(3)).toList())
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
      running.cancel(true);
      assertThat(queued.get(30, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void invokeAnyDoesNotWaitForRoomOnceATaskHasSucceeded() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(1))) {
      List<SerializableCallable<Integer>> tasks =
          List.of(() -> 1, asleepFor(60_000), asleepFor(60_000), asleepFor(60_000));

      assertThat(pool.invokeAny(tasks)).isEqualTo(1);
    }
  }

  private static SerializableCallable<Integer> asleepFor(long millis) {
    return () -> {
      Thread.sleep(millis);
      return 0;
    };
  }

  @Test
  void mapOfMoreChunksThanTheQueueHoldsStartsAtOnceOnAnIdleWorker() throws Exception {
    var patient = options.withQueueCapacity(1).withInitializerTimeout(Duration.ofHours(1));
    try (var pool = ProcessPool.open(patient)) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);

      var squares = pool.map(n -> n * n, List.of(1, 2, 3, 4, 5), 1);

      assertThat(squares).containsExactly(1, 4, 9, 16, 25);
    }
  }

  @Test
  void classThatTheFilterRejectsIsReadNeitherThereNorHere() throws Exception {
    var filtered = options.withSerialFilter("!java.io.File;*");
    var file = new File("forbidden");
    try (var pool = ProcessPool.open(filtered)) {
      var asked = pool.submit(() -> file.getName());
      var given = pool.submit(() -> new File("forbidden too"));

      for (var future : List.of(asked, given)) {
        assertThatThrownBy(() -> future.get(30, SECONDS))
            .hasMessageContaining("java.io.File; filter status: REJECTED")
            .hasRootCauseInstanceOf(InvalidClassException.class);
      }
      assertThat(pool.submit(() -> "allowed").get(30, SECONDS)).isEqualTo("allowed");
    }
  }

  @Test
  void unorderedResultsComeAsTheyAreReady() throws Exception {
    try (var pool = ProcessPool.open(options.withWorkers(2));
        var othersAreThere = SharedEvent.create();
        var results =
            pool.imapUnordered(
                (Integer number) -> number == 0 ? answerAfter(othersAreThere) : number,
                Stream.of(0, 1, 2, 3, 4))) {
      var next = results.iterator();
      var first = List.of(next.next(), next.next(), next.next(), next.next());

      assertThat(first).containsExactlyInAnyOrder(1, 2, 3, 4);
      othersAreThere.set();
      assertThat(next.next()).isZero();
      assertThat(next.hasNext()).isFalse();
    }
  }

  private static int answerAfter(SharedEvent event) {
    try {
      event.await();
      return 0;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void exitHookThatThrowsIsHeardOf() throws Exception {
    var heard = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try (var pool = ProcessPool.open(options.withExitHook(PoolOptionsTest::fail))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
    } finally {
      System.setErr(before);
    }

    assertThat(heard.toString(StandardCharsets.UTF_8).lines())
        .startsWith(
            "[worker-1] Exception in the exit hook of worker-1",
            "[worker-1] java.lang.IllegalStateException: on purpose");
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  @Test
  void workerKnowsThatItIsOne() throws Exception {
    try (var pool = ProcessPool.open(options)) {
      assertThat(
              pool.submit(() -> CurrentProcess.name() + CurrentProcess.isChild()).get(30, SECONDS))
          .isEqualTo("worker-1true");
    }
  }

  /// It inherits the worker's standard input, and would read what is to wake the worker.
  @Test
  void programThatATaskLeavesRunningTakesNoTaskFromItsWorker() throws Exception {
    try (var pool = ProcessPool.open(options)) {
      assertThat(pool.submit(() -> exitOf("cat")).get(30, SECONDS)).isZero();
      pool.submit(() -> exitOf("sh", "-c", "sleep 1; cat >&2 &")).get(30, SECONDS);
      for (int i = 0; i < 20; i++) {
        assertThat(pool.submit(() -> 7).get(30, SECONDS)).isEqualTo(7);
        Thread.sleep(1);
      }
    }
  }

  private static int exitOf(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Test
  void closeRemovesWhatKilledWorkersShared() throws Exception {
    Path shared;
    try (var pool = ProcessPool.open(options)) {
      var text = pool.submit(() -> Copies.toText(SharedMemory.create(1 << 20))).get(30, SECONDS);
      var memory = (SharedMemory) Copies.fromText(text);
      shared = Path.of(memory.toString().replaceFirst(".*?(/\\S+).*", "$1"));
      assertThat(shared).exists();
      memory.close();

      pool.kill();
    }

    assertThat(shared.getParent()).doesNotExist();
  }

  @Test
  void linesThatTasksPrintAreTaggedWithTheirWorker() throws Exception {
    var heard = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
    try (var pool = ProcessPool.open(options)) {
      pool.submit(
              () -> {
                System.out.println("first line");
                System.out.print("no line feed: \u00fc");
              })
          .get(30, SECONDS);
    } finally {
      System.setOut(before);
    }

    assertThat(heard.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("[worker-1] first line", "[worker-1] no line feed: \u00fc");
  }

  @Test
  void tasksThatWereCancelledOnAStoppedWorkerDoNotBlockTheNextOne() throws Exception {
    try (var pool = ProcessPool.open(options)) {
      long pid = pool.submit(pid()).get(30, SECONDS);
      Signals.send("STOP", pid);
      for (int i = 0; i < 6_000; i++) {
        pool.submit(() -> 1).cancel(false);
      }
      var wanted = pool.submit(() -> 2);

      Signals.send("CONT", pid);

      assertThat(wanted.get(30, SECONDS)).isEqualTo(2);
      assertThat(pool.submit(() -> 3).get(30, SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void durationsLongerThanNanosecondsCanCountNeverEnd() throws Exception {
    var forever = ChronoUnit.FOREVER.getDuration();
    var patient =
        options
            .withInitializerTimeout(forever)
            .withExitTimeout(forever)
            .withCancelGrace(forever)
            .withTasksPerWorker(2);
    var limits = TaskOptions.defaults().withSoftTimeout(forever).withHardTimeout(forever);
    try (var pool = ProcessPool.open(patient)) {
      assertThat(pool.submit(() -> 1, limits).get(30, SECONDS)).isEqualTo(1);
      var stopped = pool.submit(sleep(120_000));
      assertThat(stopped.cancel(true)).isTrue();

      assertThat(pool.submit(() -> 2, limits).get(30, SECONDS)).isEqualTo(2);
    }
  }

  @Test
  void taskWithEndlessRetriesOutlivesWorkersThatNeverStartIt() throws Exception {
    var marker = directory.resolve("first").toString();
    var dyingOnce =
        options.withInitializer(() -> {
          if (new File(marker).mkdir()) {
            Runtime.getRuntime().halt(3);
          }
        });
    try (var pool = ProcessPool.open(dyingOnce)) {
      var future = pool.submit(() -> 7, TaskOptions.defaults().withRetries(Integer.MAX_VALUE));

      assertThat(future.get(30, SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void optionsArePrintedIfTheyAreUnusual() {
    var unusual =
        PoolOptions.defaults()
            .withWorkers(2)
            .withExitTimeout(Duration.ofSeconds(1))
            .withStartMethod(StartMethod.PLAIN);

    assertThat(PoolOptions.defaults().withWorkers(3)).hasToString("PoolOptions[workers=3]");
    assertThat(unusual).hasToString("PoolOptions[workers=2, exitTimeout=PT1S, startMethod=PLAIN]");
  }

  @Test
  void futureThatItsOwnerCompletedGivesUpItsPlaceInTheQueue() throws Exception {
    try (var pool = ProcessPool.open(options.withQueueCapacity(1))) {
      assertThat(pool.submit(() -> 1).get(30, SECONDS)).isEqualTo(1);
      var running = pool.submit(sleep(60_000));

      assertThat(pool.submit(() -> 2).complete(-2)).isTrue();
      assertThat(pool.submit(() -> 3).completeExceptionally(new IOException())).isTrue();
      var late = pool.submit(() -> 4).orTimeout(10, MILLISECONDS);
      var next = pool.submit(() -> 5);

      assertThat(late).isCompletedExceptionally();
      running.cancel(true);
      assertThat(next.get(30, SECONDS)).isEqualTo(5);
    }
  }
}
