package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

@Timeout(60)
class InsightsTest {
  private static PoolOptions plain(int workers) {
    return PoolOptions.defaults().withWorkers(workers).withStartMethod(StartMethod.PLAIN);
  }

  @ParameterizedTest
  @EachTransport
  void poolCountsWhatItStartedLostAndRan(Transport transport) throws Exception {
    try (var pool = ProcessPool.open(plain(2).withTransport(transport))) {
      for (int i = 0; i < 10; i++) {
        int number = i;
        pool.submit(() -> number).get(30, SECONDS);
      }
      assertThatThrownBy(() -> pool.submit(() -> Runtime.getRuntime().halt(1)).get(30, SECONDS))
          .hasCauseInstanceOf(WorkerLostException.class);
      // The one that took its place has come to life.
      pool.map(_ -> pause(), List.of(1, 2), 1);

      var insights = pool.insights();

      assertThat(insights.starts()).containsExactly(Map.entry("plain", 3));
      assertThat(insights.restarts()).isOne();
      assertThat(insights.losses()).isOne();
      assertThat(insights.starting().count()).isBetween(2L, 3L);
      assertThat(insights.serializing().count()).isGreaterThanOrEqualTo(13);
      assertThat(insights.running().count()).isEqualTo(12);
      assertThat(insights.waiting().count()).isEqualTo(12);
      assertThat(insights.running().quantile(1)).isGreaterThan(Duration.ofMillis(300));
      assertThat(insights.startMethod()).isEqualTo(StartMethod.PLAIN);
      assertThat(insights.transport()).isEqualTo(transport);
    }
  }

  @Test
  void newPoolTimesItsTasksThoughTheThreadHasSubmittedManyToAnother() throws Exception {
    try (var other = ProcessPool.open(plain(1))) {
      for (int i = 0; i < 3000; i++) {
        other.execute(() -> {});
      }
    }
    try (var pool = ProcessPool.open(plain(1))) {
      pool.submit(() -> 1).get(30, SECONDS);

      assertThat(pool.insights().running().count()).isOne();
    }
  }

  @Test
  void tasksOfShortLivedThreadsAreAmongThoseThatAreTimed() throws Exception {
    try (var pool = ProcessPool.open(plain(1))) {
      for (int i = 0; i < 1100; i++) {
        pool.execute(() -> {});
      }
      pool.submit(() -> 1).get(30, SECONDS);
      long before = pool.insights().running().count();

      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 10_000; i++) {
          threads.execute(() -> pool.execute(() -> {}));
        }
      }
      pool.submit(() -> 1).get(30, SECONDS);

      assertThat(pool.insights().running().count()).isBetween(before + 50, before + 500);
    }
  }

  /// What is larger than an eighth of a ring goes by a socket, which takes some wake-ups.
  @Test
  void chunksOfTheirOwnChoiceHaveResultsThatFitTheRing() throws Exception {
    int items = 2000;
    int resultBytes = 8000;
    try (var pool = ProcessPool.open(plain(1))) {
      pool.map(_ -> new byte[resultBytes], Collections.nCopies(items, 1));

      assertThat(pool.insights().running().count())
          .isGreaterThan((long) items * resultBytes / (32 << 10));
    }
  }

  private static int pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  @ParameterizedTest
  @EachTransport
  void workersThatEndInGoodOrderAreNotLost(Transport transport) throws Exception {
    var pool = ProcessPool.open(plain(1).withTasksPerWorker(2).withTransport(transport));
    try (pool) {
      for (int i = 0; i < 5; i++) {
        pool.submit(() -> 0).get(30, SECONDS);
      }
    }

    assertThat(pool.insights().losses()).isZero();
    assertThat(pool.insights().restarts()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void programWithoutTheFlightRecordersModuleRunsPools() throws Exception {
    try (var parent =
        TestChild.start(
            List.of("--limit-modules", "java.base,java.management,java.compiler"),
            () -> {
              try (var pool = ProcessPool.open(plain(1))) {
                TestChild.say(pool.submit(() -> 42).get(30, SECONDS));
                TestChild.say(pool.insights().running().count());
              }
            })) {
      assertThat(parent.said()).isEqualTo("42");
      assertThat(parent.said()).isEqualTo("1");
      parent.join();
    }
  }

  @Test
  void histogramAnswersWithinAQuarter() {
    var counts = new long[TimeHistogram.classOf(Long.MAX_VALUE) + 1];
    for (long nanos = 1; nanos <= 1_000_000; nanos += 7) {
      counts[TimeHistogram.classOf(nanos)]++;
    }

    var histogram = TimeHistogram.of(counts);

    assertThat(histogram.count()).isEqualTo(142_858);
    assertThat(histogram.quantile(0.5).toNanos()).isBetween(500_000L, 625_000L);
    assertThat(histogram.quantile(0.99).toNanos()).isBetween(990_000L, 1_237_500L);
    assertThat(histogram.quantile(0).toNanos()).isBetween(1L, 2L);
    assertThatIllegalArgumentException().isThrownBy(() -> histogram.quantile(1.1));
    assertThat(TimeHistogram.of(new long[0]).quantile(0.5)).isZero();
  }

  @Test
  void classesOfTimesGrowWithTheTimes() {
    int last = 0;
    for (long nanos = 0; nanos < 5_000; nanos++) {
      int index = TimeHistogram.classOf(nanos);
      assertThat(index).isBetween(last, last + 1);
      last = index;
    }
    assertThat(TimeHistogram.classOf(-1)).isZero();
    assertThat(TimeHistogram.classOf(Long.MAX_VALUE)).isEqualTo(4 * 62 - 1);
  }
}
