package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Threads that wait for a result: the first one in a way of its own, others as in any future.
class WaitingForResultTest extends PoolTest {
  WaitingForResultTest(Transport transport) {
    super(PoolOptions.defaults().withWorkers(1), transport);
  }

  private ProcessFuture<Integer> after(long millis) {
    return pool.submit(() -> {
      Thread.sleep(millis);
      return 7;
    });
  }

  /// A thread that waits for the result, or has it already on a machine that let nobody look.
  private static FutureTask<Integer> waiting(CompletableFuture<Integer> future) throws Exception {
    var task = new FutureTask<>(future::get);
    var thread = Thread.ofPlatform().daemon().start(task);
    while (thread.getState() != Thread.State.TIMED_WAITING
        && thread.getState() != Thread.State.WAITING
        && thread.isAlive()) {
      Thread.sleep(1);
    }
    return task;
  }

  private record Count(int number) implements Serializable {}

  @Test
  void recordIsReadWhereTheContextLoaderDoesNotKnowItsClass() throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try (var other = ProcessPool.open(PoolOptions.defaults().withWorkers(1))) {
      assertThat(other.submit(() -> new Count(7)).get(30, SECONDS)).isEqualTo(new Count(7));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void severalThreadsGetOneResult() throws Exception {
    var future = after(500);

    var waiting = new ArrayList<FutureTask<Integer>>();
    for (int i = 0; i < 3; i++) {
      waiting.add(waiting(future));
    }

    for (var one : waiting) {
      assertThat(one.get(30, SECONDS)).isEqualTo(7);
    }
    assertThat(future.join()).isEqualTo(7);
  }

  @Test
  void whoeverCompletesTheFutureWakesItsWaiter() throws Exception {
    assertThat(wokenBy(future -> future.complete(1)).get(30, SECONDS)).isEqualTo(1);
    assertThat(wokenBy(future -> future.completeAsync(() -> 2)).get(30, SECONDS)).isEqualTo(2);
    assertThat(wokenBy(future -> future.obtrudeValue(3)).get(30, SECONDS)).isEqualTo(3);
    assertThatThrownBy(wokenBy(future -> future.cancel(true))::get)
        .hasCauseInstanceOf(CancellationException.class);
    assertThatThrownBy(wokenBy(future -> future.orTimeout(50, MILLISECONDS))::get)
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  /// The worker would take a minute, and is killed in the end.
  private FutureTask<Integer> wokenBy(Consumer<CompletableFuture<Integer>> completion)
      throws Exception {
    var transport = pool.description().transport();
    var busy = ProcessPool.open(PoolOptions.defaults().withWorkers(1).withTransport(transport));
    try {
      var future =
          busy.submit(() -> {
            Thread.sleep(60_000);
            return 7;
          });
      var waiting = waiting(future);
      completion.accept(future);
      while (!waiting.isDone()) {
        Thread.sleep(1);
      }
      return waiting;
    } finally {
      busy.kill();
    }
  }

  @Test
  void timeThatIsUpLeavesTheTaskRunning() throws Exception {
    try (var go = SharedEvent.create()) {
      var future = once(go);

      assertThatThrownBy(() -> future.get(20, MILLISECONDS)).isInstanceOf(TimeoutException.class);

      go.set();
      assertThat(future.get(30, SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void interruptedWaiterLeavesTheTaskRunning() throws Exception {
    try (var go = SharedEvent.create()) {
      var future = once(go);

      Thread.currentThread().interrupt();

      assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      go.set();
      assertThat(future.get()).isEqualTo(7);
    }
  }

  private ProcessFuture<Integer> once(SharedEvent go) {
    return pool.submit(() -> {
      go.await();
      return 7;
    });
  }

  @Test
  void resultThatIsThereIsGivenToInterruptedThreads() throws Exception {
    var future = after(0);
    future.get();

    Thread.currentThread().interrupt();

    assertThat(future.get()).isEqualTo(7);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void virtualThreadsWaitToo() throws Exception {
    var future = after(200);

    var task = new FutureTask<>(() -> future.get());
    Thread.startVirtualThread(task);

    assertThat(task.get(30, SECONDS)).isEqualTo(7);
  }

  @Test
  void failureReachesTheWaiter() throws Exception {
    ProcessFuture<Integer> future =
        pool.submit(() -> {
          Thread.sleep(100);
          throw new IllegalStateException("on purpose");
        });

    assertThatThrownBy(waiting(future)::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("on purpose");
  }
}
