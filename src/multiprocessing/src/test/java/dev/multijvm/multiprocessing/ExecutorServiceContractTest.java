package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [java.util.concurrent.ExecutorService] promises, held by a pool of processes.
@ParameterizedClass
@EachTransport
@Timeout(60)
class ExecutorServiceContractTest {
  private final ProcessPool pool;

  ExecutorServiceContractTest(Transport transport) {
    var options = PoolOptions.defaults().withWorkers(2).withTransport(transport);
    // No task here is so deaf that its worker had to go, however long an interrupt is on its way.
    pool = ProcessPool.open(options.withCancelGrace(Duration.ofMinutes(1)));
  }

  @AfterEach
  void closeLeavesNoWorker() {
    var pids = pool.workers().stream().map(WorkerInfo::pid).toList();

    pool.kill();

    assertThat(pool.isTerminated()).isTrue();
    assertThat(pool.workers()).isEmpty();
    for (long pid : pids) {
      assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }
    pool.close();
  }

  private static SerializableCallable<Integer> slow(int result) {
    return () -> {
      Thread.sleep(120_000);
      return result;
    };
  }

  private static SerializableCallable<Integer> failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  private static SerializableCallable<Integer> giving(int result) {
    return () -> result;
  }

  @Test
  void submittedRunnableGivesTheResultGivenInAdvance() throws Exception {
    SerializableRunnable nothing = () -> {};
    var here = new Object();

    assertThat(pool.submit(nothing).get(30, SECONDS)).isNull();
    assertThat(pool.submit((Runnable) nothing, here).get(30, SECONDS)).isSameAs(here);
  }

  @Test
  void invokeAllGivesDoneFuturesInOrder() throws Exception {
    List<Callable<Integer>> tasks =
        List.of(giving(1), failing("second"), giving(3), giving(4), giving(5));

    var futures = pool.invokeAll(tasks);

    assertThat(futures).hasSize(5).allMatch(Future::isDone);
    assertThat(futures.get(0).get()).isEqualTo(1);
    assertThatThrownBy(() -> futures.get(1).get()).hasRootCauseMessage("second");
    assertThat(futures.get(4).get()).isEqualTo(5);
  }

  @Test
  void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
    List<Callable<Integer>> tasks = List.of(giving(1), slow(2), slow(3));
    assertThat(pool.submit(giving(0)).get(30, SECONDS)).isZero();

    var futures = pool.invokeAll(tasks, 2, SECONDS);

    assertThat(futures).allMatch(Future::isDone);
    assertThat(futures.get(1).isCancelled()).isTrue();
    assertThat(futures.get(2).isCancelled()).isTrue();
  }

  @Test
  void invokeAnyGivesTheFirstSuccess() throws Exception {
    List<Callable<Integer>> tasks = List.of(failing("one"), giving(7), slow(9));

    assertThat(pool.invokeAny(tasks)).isEqualTo(7);
  }

  @Test
  void invokeAnyThrowsWhenAllFailOrTimeIsUp() {
    List<Callable<Integer>> failing = List.of(failing("one"), failing("two"));
    List<Callable<Integer>> slow = List.of(slow(1));

    assertThatThrownBy(() -> pool.invokeAny(failing)).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(() -> pool.invokeAny(slow, 100, MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> pool.invokeAny(List.<Callable<Integer>>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // as a caller may who does not have it
  void nullIsRefusedAtTheDoor() {
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Callable<Integer>) null));
    assertThatNullPointerException().isThrownBy(() -> pool.submit((Runnable) null, 1));
    assertThatNullPointerException().isThrownBy(() -> pool.execute((Runnable) null));
    assertThatNullPointerException().isThrownBy(() -> pool.map(null, List.of(1)));
    assertThatNullPointerException().isThrownBy(() -> pool.imap(null, Stream.of(1)));
    assertThatNullPointerException()
        .isThrownBy(() -> pool.invokeAll(Arrays.asList(giving(1), null)));
  }

  @ParameterizedTest
  @ValueSource(classes = {CancellationException.class, CompletionException.class})
  void exceptionOfTheTaskIsAFailureWhateverItMeansToAFuture(Class<?> type) {
    String name = type.getName();
    var future =
        pool.submit(() -> {
          throw name.equals(CancellationException.class.getName())
              ? new CancellationException("of the task")
              : new CompletionException("of the task", new IllegalStateException());
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessage("of the task");
    assertThat(future.state()).isEqualTo(Future.State.FAILED);
    assertThat(future.isCancelled()).isFalse();
    assertThat(future.exceptionNow()).isInstanceOf(type).hasMessage("of the task");
  }

  @Test
  void invokeAnyGoesOnAfterATaskThatThrowsACancellation() throws Exception {
    SerializableCallable<Integer> cancelling =
        () -> {
          throw new CancellationException("of the task");
        };
    List<Callable<Integer>> tasks = List.of(cancelling, cancelling, cancelling, giving(7));

    assertThat(pool.invokeAny(tasks)).isEqualTo(7);
  }

  @Test
  void waitOfLessThanNoTimeEndsAtOnce() throws Exception {
    var future = pool.submit(slow(1));
    List<Callable<Integer>> tasks = List.of(slow(2), slow(3));

    assertThatThrownBy(() -> future.get(Long.MIN_VALUE, NANOSECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> pool.invokeAny(tasks, Long.MIN_VALUE, NANOSECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(pool.invokeAll(tasks, Long.MIN_VALUE, NANOSECONDS)).allMatch(Future::isCancelled);
    assertThat(pool.awaitTermination(Long.MIN_VALUE, NANOSECONDS)).isFalse();
  }

  @Test
  void shutdownRunsWhatWasSubmittedAndTakesNothingMore() throws Exception {
    var futures = IntStream.range(0, 20).mapToObj(n -> pool.submit(giving(n))).toList();

    pool.shutdown();

    assertThat(pool.isShutdown()).isTrue();
    assertThatThrownBy(() -> pool.submit(giving(1))).isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
    for (int i = 0; i < futures.size(); i++) {
      assertThat(futures.get(i).get()).isEqualTo(i);
    }
  }

  @Test
  void shutdownNowGivesBackWhatNeverStartedAndInterruptsTheRest() throws Exception {
    var started = Files.createTempDirectory("multijvm");
    String directory = started.toString();
    try {
      var futures =
          IntStream.range(0, 6)
              .mapToObj(n ->
                  pool.submit(() -> {
                    Files.createFile(Path.of(directory, "started-" + n));
                    Thread.sleep(30_000);
                    return n;
                  }))
              .toList();
      while (started.toFile().list().length < 2) {
        Thread.sleep(1);
      }

      var neverStarted = pool.shutdownNow();

      assertThat(neverStarted).hasSize(4);
      assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
      assertThat(futures.stream().filter(Future::isDone)).hasSize(2);
      for (var future : futures) {
        if (future.isDone()) {
          assertThatThrownBy(future::get).hasCauseInstanceOf(InterruptedException.class);
        }
      }
    } finally {
      for (var file : started.toFile().listFiles()) {
        Files.delete(file.toPath());
      }
      Files.delete(started);
    }
  }

  @Test
  void shutdownNowEndsAMapUnderWayEvenIfWhatRunsIgnoresTheInterrupt() throws Exception {
    var directory = Files.createTempDirectory("multijvm");
    String started = directory.resolve("started").toString();
    SerializableFunction<Integer, Integer> stubborn =
        n -> {
          var _ = new File(started).mkdir();
          long end = System.nanoTime() + 1_000_000_000;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          return n;
        };
    var failure = new CompletableFuture<Throwable>();
    var caller =
        Thread.startVirtualThread(() -> {
          try {
            pool.map(stubborn, List.of(1, 2, 3, 4, 5, 6), 1);
          } catch (Exception problem) {
            failure.complete(problem);
          }
        });
    try {
      while (!Files.exists(Path.of(started))) {
        Thread.sleep(1);
      }

      assertThat(pool.shutdownNow()).isEmpty();

      assertThat(failure.get(30, SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(CancellationException.class)
          .hasRootCauseMessage("the pool was shut down");
      assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
      caller.join();
    } finally {
      Files.deleteIfExists(Path.of(started));
      Files.delete(directory);
    }
  }

  @Test
  void shutdownNowFailsAStreamUnderWay() throws Exception {
    var items = IntStream.range(0, 8).boxed();
    var results = pool.imapUnordered(ExecutorServiceContractTest::sleepLong, items);
    var failure = new CompletableFuture<Throwable>();
    var caller = Thread.startVirtualThread(() -> failure.complete(catchThrowable(results::toList)));
    while (pool.workers().stream().anyMatch(each -> each.state() != WorkerInfo.State.BUSY)) {
      Thread.sleep(1);
    }

    assertThat(pool.shutdownNow()).isEmpty();

    // What runs is interrupted, what waits is cancelled; the stream tells of whichever is first.
    assertThat(failure.get(30, SECONDS))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfAny(CancellationException.class, IllegalStateException.class);
    caller.join();
  }

  private static Integer sleepLong(Integer result) {
    try {
      return slow(result).call();
    } catch (Exception interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void closeTwiceIsHarmless() {
    pool.close();
    pool.close();

    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void terminateCancelsWhatRunsAndWaits() {
    var futures = IntStream.range(0, 5).mapToObj(n -> pool.submit(slow(n))).toList();

    pool.terminate();

    assertThat(pool.isTerminated()).isTrue();
    for (var future : futures) {
      assertThatThrownBy(() -> future.get(1, SECONDS)).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void cancelInterruptsTheTaskAndItsWorkerGoesOn() throws Exception {
    var before = pool.workers().stream().map(WorkerInfo::pid).toList();
    var futures = List.of(pool.submit(slow(1)), pool.submit(slow(2)));

    assertThat(futures).allMatch(future -> future.cancel(true));

    assertThat(futures).allMatch(ProcessFuture::isCancelled);
    assertThatThrownBy(futures.getFirst()::get).isInstanceOf(CancellationException.class);
    assertThat(before).contains(pool.submit(pid()).get(30, SECONDS));
    assertThat(pool.workers()).extracting(WorkerInfo::pid).isEqualTo(before);
  }

  private static SerializableCallable<Long> pid() {
    return () -> ProcessHandle.current().pid();
  }

  @Test
  void cancelledTaskThatWaitsNeverStarts() throws Exception {
    var busy = IntStream.range(0, 2).mapToObj(n -> pool.submit(slow(n))).toList();
    var waiting = pool.submit(giving(1));

    assertThat(waiting.cancel(false)).isTrue();

    assertThat(waiting.workerPid()).isEmpty();
    busy.forEach(future -> future.cancel(true));
    assertThat(pool.submit(giving(3)).get(30, SECONDS)).isEqualTo(3);
  }

  @Test
  void interruptedCallerLeavesThePoolUsable() throws Exception {
    var future = pool.submit(slow(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    var submittedWhileInterrupted = pool.submit(giving(2));
    assertThat(Thread.interrupted()).isTrue();

    assertThat(submittedWhileInterrupted.get(30, SECONDS)).isEqualTo(2);
    future.cancel(true);
  }

  @Test
  void dependentStagesMayWaitForOtherTasks() throws Exception {
    var sum = pool.submit(giving(1)).thenApply(one -> one + pool.submit(giving(2)).join());

    assertThat(sum.get(30, SECONDS)).isEqualTo(3);
  }

  @Test
  void longTasksOnAllWorkersOverlapEvenAfterManyShortOnes() throws Exception {
    for (int i = 0; i < 300; i++) {
      var _ = pool.submit(giving(i));
    }

    try (var meeting = SharedBarrier.create(2)) {
      var pids = List.of(pool.submit(meetAt(meeting)), pool.submit(meetAt(meeting)));

      assertThat(pids.get(0).get(30, SECONDS)).isNotEqualTo(pids.get(1).get(30, SECONDS));
    }
  }

  /// Ends once it runs in two workers at a time.
  private static SerializableCallable<Long> meetAt(SharedBarrier meeting) {
    return () -> {
      meeting.await();
      return ProcessHandle.current().pid();
    };
  }

  @Test
  void thousandsOfVirtualThreadsMayCall() throws Exception {
    var failure = new AtomicReference<Throwable>();
    var done = new CountDownLatch(10_000);
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      Thread.startVirtualThread(() -> {
        try {
          assertThat(pool.submit(giving(number)).get(50, SECONDS)).isEqualTo(number);
        } catch (Throwable problem) {
          failure.set(problem);
        } finally {
          done.countDown();
        }
      });
    }

    assertThat(done.await(50, SECONDS)).isTrue();
    assertThat(failure.get()).isNull();
  }

  @Test
  void executedTaskReportsItsExceptionToTheUncaughtExceptionHandler() throws Exception {
    var seen = new CountDownLatch(1);
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, problem) -> {
      if ("nobody asked".equals(problem.getMessage())) {
        seen.countDown();
      }
    });
    try {
      pool.execute(() -> {
        throw new IllegalStateException("nobody asked");
      });

      assertThat(seen.await(30, SECONDS)).isTrue();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void mapThrowsTheFirstFailureAndCancelsTheRest() {
    var items = IntStream.range(0, 100).boxed().toList();

    assertThatThrownBy(() -> pool.map(n -> 10 / (n - 50), items, 3))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ArithmeticException.class);
  }

  /// It does not end by itself in time.
  private record Job(int seconds) implements Runnable, Serializable {
    @Override
    public void run() {
      try {
        Thread.sleep(1000L * seconds);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }

  @Test
  void optionsOfARunnableCount() {
    var options = TaskOptions.defaults().withHardTimeout(Duration.ofSeconds(1));

    var future = pool.submit(new Job(60), options);

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
  }

  private record Answer(int number) implements Callable<Integer>, Serializable {
    @Override
    public Integer call() {
      return number;
    }
  }

  @Test
  void callableMayHaveOptionsAndARunnableLambdaAResult() throws Exception {
    var options = TaskOptions.defaults().withRetries(1);

    assertThat(pool.submit(new Answer(7), options).get(30, SECONDS)).isEqualTo(7);
    assertThat(pool.submit(() -> {}, "done").get(30, SECONDS)).isEqualTo("done");
  }

  @Test
  void closeThatIsInterruptedCancelsWhatWaits() throws Exception {
    List<ProcessFuture<Integer>> busy = List.of(pool.submit(slow(1)), pool.submit(slow(2)));
    var waiting = pool.submit(slow(3));
    var failure = new CompletableFuture<Throwable>();
    Thread.startVirtualThread(() -> failure.complete(catchThrowable(waiting::get)));
    while (pool.workers().stream().anyMatch(each -> each.state() != WorkerInfo.State.BUSY)) {
      Thread.sleep(1);
    }

    Thread.currentThread().interrupt();
    pool.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(failure.get(30, SECONDS)).isInstanceOf(CancellationException.class);
    assertThat(busy).allMatch(Future::isDone);
  }

  @Test
  void shutdownNowStartsNoTaskAgain() throws Exception {
    var directory = Files.createTempDirectory("multijvm");
    String place = directory.toString();
    try (var started = SharedEvent.create()) {
      var future =
          pool.submit(
              () -> {
                Files.createTempFile(Path.of(place), "start", "");
                started.set();
                try {
                  Thread.sleep(60_000);
                } catch (InterruptedException _) {
                  Runtime.getRuntime().halt(3);
                }
                return 0;
              },
              TaskOptions.defaults().withRetries(1));
      started.await();

      assertThat(pool.shutdownNow()).isEmpty();

      assertThatThrownBy(() -> future.get(30, SECONDS))
          .hasCauseInstanceOf(WorkerLostException.class);
      assertThat(pool.awaitTermination(30, SECONDS)).isTrue();
      assertThat(directory.toFile().list()).hasSize(1);
    } finally {
      for (var file : directory.toFile().listFiles()) {
        Files.delete(file.toPath());
      }
      Files.delete(directory);
    }
  }

  @Test
  void executedTaskThatIsCancelledWithItsPoolIsNotReported() throws Exception {
    var reported = new CompletableFuture<Throwable>();
    var before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, problem) -> reported.complete(problem));
    try {
      for (int i = 0; i < 5; i++) {
        pool.execute(() -> nap());
      }

      pool.terminate();

      assertThatThrownBy(() -> reported.get(300, MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static void nap() {
    new Job(60).run();
  }
}
