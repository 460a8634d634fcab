package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

/// What a task leaves behind in its pool when it was cancelled or is done.
@Timeout(60)
class CancelTest {
  private static final PoolOptions OPTIONS =
      PoolOptions.defaults().withWorkers(1).withJvmArguments(List.of("-Xmx64m"));

  @ParameterizedTest
  @EachTransport
  void workerWhoseOnlyTaskWasCancelledBeforeItBeganTakesAnother(Transport transport)
      throws Exception {
    var oneEach = OPTIONS.withTransport(transport).withTasksPerWorker(1);
    try (var go = SharedEvent.create();
        var pool = ProcessPool.open(oneEach.withInitializer(() -> await(go)))) {
      assertThat(pool.submit(() -> 1).cancel(true)).isTrue();
      go.set();

      assertThat(pool.submit(() -> 2).get(30, SECONDS)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EachTransport
  void taskThatWasCancelledWhileItsWorkerStartedNeverRuns(Transport transport) throws Exception {
    try (var go = SharedEvent.create();
        var hasRun = SharedEvent.create();
        var pool =
            ProcessPool.open(OPTIONS.withTransport(transport).withInitializer(() -> await(go)))) {
      assertThat(pool.submit(() -> hasRun.set()).cancel(true)).isTrue();
      go.set();
      pool.submit(() -> 2).get(30, SECONDS);

      assertThat(hasRun.isSet()).isFalse();
    }
  }

  /// The pool is not closed in the end: should this fail, it cannot be.
  @Test
  void terminateCancelsWhatIsTakenBackFromAWorkerThatStillEnds() throws Exception {
    var options = OPTIONS.withTransport(Transport.SHARED_MEMORY);
    try (var started = SharedEvent.create()) {
      var pool = ProcessPool.open(options.withCancelGrace(Duration.ofMillis(300)));
      pool.map(n -> n, Collections.nCopies(1000, 1), 1); // a worker is sent short tasks ahead
      var stubborn = pool.submit(() -> outliveInterruptsAndSignals(started));
      started.await();
      var sentAhead = pool.submit(() -> 1);

      stubborn.cancel(true);
      var ending = Thread.ofPlatform().daemon().start(pool::terminate);

      assertThatThrownBy(() -> sentAhead.get(30, SECONDS))
          .isInstanceOf(CancellationException.class);
      assertThat(ending.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  @Test
  void workerThatStoodStillUntilItsTaskWentToAnotherEndsWhenItGoesOn() throws Exception {
    var limits = TaskOptions.defaults().withHardTimeout(Duration.ofSeconds(2));
    try (var pool = ProcessPool.open(OPTIONS.withTransport(Transport.SHARED_MEMORY))) {
      long stopped = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
      var end = ProcessHandle.of(stopped).orElseThrow().onExit();
      Signals.send("STOP", stopped);

      var elsewhere = pool.submit(() -> ProcessHandle.current().pid(), limits);

      assertThat(elsewhere.get(30, SECONDS)).isNotEqualTo(stopped);
      Signals.send("CONT", stopped);
      end.get(30, SECONDS);
    }
  }

  private static void outliveInterruptsAndSignals(SharedEvent started) {
    Runtime.getRuntime().addShutdownHook(new Thread(CancelTest::sleepOn));
    started.set();
    sleepOn();
  }

  private static void sleepOn() {
    while (true) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException _) {
        // Goes on.
      }
    }
  }

  private static void await(SharedEvent event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Captured implements Serializable {
    private static final long serialVersionUID = 1;

    int value() {
      return 3;
    }
  }

  @ParameterizedTest
  @EachTransport
  void doneTaskIsForgottenHoweverLongItMightHaveTaken(Transport transport) throws Exception {
    try (var pool = ProcessPool.open(OPTIONS.withTransport(transport))) {
      var captured = runWithTimeouts(pool);
      // Whatever came last may be remembered.
      pool.submit(() -> 1).get();

      assertThat(isForgotten(captured)).isTrue();
    }
  }

  private static WeakReference<Captured> runWithTimeouts(ProcessPool pool) throws Exception {
    var captured = new Captured();
    var options =
        TaskOptions.defaults()
            .withSoftTimeout(Duration.ofHours(1))
            .withHardTimeout(Duration.ofHours(2));
    assertThat(pool.submit(() -> captured.value(), options).get(30, SECONDS)).isEqualTo(3);
    return new WeakReference<>(captured);
  }

  private static boolean isForgotten(WeakReference<?> reference) throws InterruptedException {
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    return reference.get() == null;
  }

  /// Their tasks would not fit into its memory.
  @Test
  void doneFuturesKeepTheirResultsOnly() throws Exception {
    try (var parent =
        TestChild.start(List.of("-Xmx128m", "-XX:+UseSerialGC"), CancelTest::sendMuch)) {
      assertThat(parent.said()).isEqualTo("done");
      parent.join();
    }
  }

  private static void sendMuch() throws Exception {
    try (var pool = ProcessPool.open(OPTIONS)) {
      var futures = new ArrayList<ProcessFuture<Integer>>();
      for (int i = 0; i < 50; i++) {
        var captured = new byte[4 << 20];
        var future = pool.submit(() -> captured.length);
        assertThat(future.get(30, SECONDS)).isEqualTo(4 << 20);
        futures.add(future);
      }
      // Nothing is sent behind a task with a timeout.
      var alone = TaskOptions.defaults().withHardTimeout(Duration.ofHours(1));
      var blocker = pool.submit(CancelTest::sleepLong, alone);
      for (int i = 0; i < 50; i++) {
        var captured = new byte[4 << 20];
        var future = pool.submit(() -> captured.length);
        assertThat(future.cancel(true)).isTrue();
        futures.add(future);
      }
      assertThat(futures).allMatch(ProcessFuture::isDone);
      blocker.cancel(true);
    }
    TestChild.say("done");
  }

  private static int sleepLong() throws InterruptedException {
    Thread.sleep(60_000);
    return 0;
  }

  @ParameterizedTest
  @EachTransport
  void cancelledTaskIsForgottenHoweverLongItsGraceIs(Transport transport) throws Exception {
    var patient = OPTIONS.withTransport(transport).withCancelGrace(Duration.ofHours(1));
    try (var pool = ProcessPool.open(patient);
        var started = SharedEvent.create()) {
      var future = cancelOnceItRuns(pool, started);
      pool.submit(() -> 1).get(30, SECONDS);
      pool.submit(() -> 2).get(30, SECONDS);

      assertThat(isForgotten(future)).isTrue();
    }
  }

  private static WeakReference<ProcessFuture<?>> cancelOnceItRuns(
      ProcessPool pool, SharedEvent started) throws Exception {
    var future =
        pool.submit(() -> {
          started.set();
          Thread.sleep(60_000);
          return 1;
        });
    started.await();
    assertThat(future.cancel(true)).isTrue();
    return new WeakReference<>(future);
  }
}
