package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;

/// Stages that depend on a [ProcessFuture] run where they can wait for the pool.
@ParameterizedClass
@EachTransport
@Timeout(60)
class DependentStagesTest {
  private final PoolOptions options;
  private final ProcessPool pool;

  DependentStagesTest(Transport transport) {
    options = PoolOptions.defaults().withWorkers(2).withTransport(transport);
    pool = ProcessPool.open(options);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void stageAddedAtTheMomentOfCompletionNeverRunsOnAThreadThatReadsResults() throws Exception {
    var random = new Random(7);
    var threads = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 5_000; i++) {
      var future = pool.submit(() -> 1);
      for (int spins = random.nextInt(3_000); spins > 0 && !future.isDone(); spins--) {
        Thread.onSpinWait();
      }
      threads.add(future.thenApply(_ -> Thread.currentThread().getName()));
    }

    for (var thread : threads) {
      assertThat(thread.get(30, SECONDS)).doesNotContain("multijvm");
    }
  }

  @Test
  void stageMayWaitForAnotherTaskHoweverItIsAttached() throws Exception {
    var one = pool.submit(() -> 1);
    var two = pool.submit(() -> 2);

    var both =
        one.thenCombine(two, Integer::sum).thenApply(sum -> sum + pool.submit(() -> 4).join());
    var all = CompletableFuture.allOf(one, two).thenApply(_ -> pool.submit(() -> 8).join());

    assertThat(both.get(30, SECONDS)).isEqualTo(7);
    assertThat(all.get(30, SECONDS)).isEqualTo(8);
  }

  @Test
  void executorThatRefusesFailsTheStageAndNothingElse() throws Exception {
    var executor = Executors.newSingleThreadExecutor();
    try (var refused = ProcessPool.open(options.withCallbackExecutor(executor));
        var go = SharedEvent.create()) {
      var future =
          refused.submit(() -> {
            go.await();
            return 1;
          });
      var stage = future.thenApply(n -> n + 1);
      executor.shutdown();
      go.set();

      assertThat(future.get(30, SECONDS)).isEqualTo(1);
      assertThatThrownBy(() -> stage.get(30, SECONDS))
          .hasCauseInstanceOf(RejectedExecutionException.class);
      assertThat(refused.submit(() -> 3).get(30, SECONDS)).isEqualTo(3);
    }
  }

  @Test
  void executorThatThrowsCostsNoResult() throws Exception {
    Executor broken =
        _ -> {
          throw new IllegalStateException("broken");
        };
    try (var unlucky = ProcessPool.open(options.withCallbackExecutor(broken));
        var go = SharedEvent.create()) {
      var futures = new ArrayList<ProcessFuture<Integer>>();
      for (int i = 0; i < 10; i++) {
        int number = i;
        var future =
            unlucky.submit(() -> {
              go.await();
              return number;
            });
        var _ = future.thenApply(n -> n + 1);
        futures.add(future);
      }
      go.set();

      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get(30, SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void stageThatLooksForAnotherResultWhereResultsAreReadMixesUpNone() throws Exception {
    try (var own = ProcessPool.open(options.withWorkers(1).withCallbackExecutor(Runnable::run))) {
      var futures = new ArrayList<ProcessFuture<Integer>>();
      for (int i = 0; i < 1000; i++) {
        int number = i;
        var first = own.submit(() -> number);
        var second = own.submit(() -> -number);
        var _ = first.thenRun(() -> lookFor(second));
        futures.addAll(List.of(first, second));
      }

      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get(30, SECONDS)).isEqualTo(i % 2 == 0 ? i / 2 : -i / 2);
      }
    }
  }

  private static void lookFor(ProcessFuture<Integer> future) {
    try {
      future.get(1, MILLISECONDS);
    } catch (TimeoutException _) {
      // It comes later.
    } catch (InterruptedException | ExecutionException problem) {
      throw new AssertionError(problem);
    }
  }

  @Test
  void invokeAnyMayBeCalledWhereStagesRun() throws Exception {
    var executor = Executors.newSingleThreadExecutor();
    try (var own = ProcessPool.open(options.withCallbackExecutor(executor))) {
      List<SerializableCallable<Integer>> tasks = List.of(() -> 5, () -> 5);

      var any = executor.submit(() -> own.invokeAny(tasks));

      assertThat(any.get(30, SECONDS)).isEqualTo(5);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void stageOnTheOnlyThreadOfTheExecutorMayWaitForAnotherTask() throws Exception {
    var executor = Executors.newSingleThreadExecutor();
    try (var own = ProcessPool.open(options.withCallbackExecutor(executor))) {
      var one = own.submit(() -> 1);
      var later =
          own.submit(() -> {
            Thread.sleep(500);
            return 2;
          });

      var sum = one.thenApply(n -> n + later.join());

      assertThat(sum.get(30, SECONDS)).isEqualTo(3);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void futureOnWhichAStageDependsIsDoneWhenItsPoolIs() throws Exception {
    var busy = Executors.newSingleThreadExecutor();
    try (var own = ProcessPool.open(options.withWorkers(1).withCallbackExecutor(busy))) {
      var release = new CountDownLatch(1);
      busy.execute(() -> awaitUninterruptibly(release));
      var futures = new ArrayList<ProcessFuture<Integer>>();
      for (int i = 0; i < 100; i++) {
        var future =
            own.submit(() -> {
              Thread.sleep(60_000);
              return 0;
            });
        futures.add(future);
      }
      var stages = futures.stream().map(future -> future.handle((_, _) -> 1)).toList();

      own.kill();

      assertThat(futures).allMatch(ProcessFuture::isDone);
      assertThat(stages).noneMatch(CompletableFuture::isDone);
      release.countDown();
    } finally {
      busy.shutdownNow();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      // It is over.
    }
  }

  @Test
  void poolMayBeClosedOnceAllItsResultsAreThere() throws Exception {
    var own = ProcessPool.open(options);
    try {
      var all = CompletableFuture.allOf(own.submit(() -> 1), own.submit(() -> 2));

      all.thenRun(own::close).get(30, SECONDS);

      assertThat(own.isTerminated()).isTrue();
    } finally {
      own.kill();
    }
  }
}
