package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Streams of results: how far ahead the source is read, in which order results come, and what ends
/// them.
class MapStreamTest extends PoolTest {
  private static final int WORKERS = 2;

  /// How many chunks for each worker may be on their way.
  private static final int AHEAD = 4;

  private static final int SIZE = 1_000_000;

  MapStreamTest(Transport transport) {
    super(PoolOptions.defaults().withWorkers(WORKERS), transport);
  }

  @Test
  void sourceIsReadNoFurtherAheadThanSaid() {
    var read = new AtomicInteger();
    var items = Stream.iterate(0, n -> n + 1).peek(_ -> read.incrementAndGet());

    try (var results = pool.imap((Integer n) -> n, items, 10)) {
      assertThat(results.iterator().next()).isZero();

      assertThat(read.get()).isBetween(10, AHEAD * WORKERS * 10);
    }
  }

  @Test
  void chunksKeepTheOrderOrAllTheirResults() {
    var numbers = IntStream.range(0, 100).boxed().toList();
    var doubled = numbers.stream().map(n -> 2 * n).toList();

    try (var ordered = pool.imap((Integer n) -> 2 * n, numbers.stream(), 7);
        var unordered = pool.imapUnordered((Integer n) -> 2 * n, numbers.stream(), 7)) {
      assertThat(ordered.toList()).isEqualTo(doubled);
      assertThat(unordered.toList()).containsExactlyInAnyOrderElementsOf(doubled);
    }
  }

  @Test
  void resultsThatWereReadAreForgotten() throws Exception {
    try (var child =
        TestChild.start(
            List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m"),
            () -> {
              var options =
                  PoolOptions.defaults().withWorkers(1).withStartMethod(StartMethod.PLAIN);
              try (var pool = ProcessPool.open(options);
                  var ordered = pool.imap((Integer n) -> new byte[n], Stream.generate(() -> SIZE));
                  var unordered =
                      pool.imapUnordered((Integer n) -> new byte[n], Stream.generate(() -> SIZE))) {
                TestChild.say(ordered.limit(200).count());
                TestChild.say(unordered.limit(200).count());
              }
            })) {
      assertThat(child.said()).isEqualTo("200");
      assertThat(child.said()).isEqualTo("200");
      child.join();
    }
  }

  @Test
  void exceptionOfTheFunctionComesInItsPlaceAndEndsTheStream() throws Exception {
    try (var results = pool.imap((Integer n) -> 12 / (3 - n), Stream.iterate(0, n -> n + 1))) {
      var next = results.iterator();

      assertThat(next.next()).isEqualTo(4);
      assertThat(next.next()).isEqualTo(6);
      assertThat(next.next()).isEqualTo(12);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(next::next)
          .withCauseInstanceOf(ArithmeticException.class);
      assertThat(next.hasNext()).isFalse();
    }
    assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
  }

  @Test
  void exceptionOfTheFunctionEndsTheStreamOfResultsAsTheyAreReady() {
    try (var results =
        pool.imapUnordered((Integer n) -> 12 / (3 - n), Stream.iterate(0, n -> n + 1))) {
      var next = results.iterator();

      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> next.forEachRemaining(_ -> {}))
          .withCauseInstanceOf(ArithmeticException.class);
      assertThat(next.hasNext()).isFalse();
    }
  }

  @Test
  void nothingIsSentOnceTheStreamIsClosed() {
    var read = new AtomicInteger();
    var items = Stream.iterate(0, n -> n + 1).peek(_ -> read.incrementAndGet());
    var results = pool.imap((Integer n) -> n, items);
    var next = results.iterator();
    assertThat(next.next()).isZero();
    int readBefore = read.get();

    results.close();

    assertThat(next.hasNext()).isFalse();
    assertThat(read.get()).isEqualTo(readBefore);
  }

  @Test
  void closeByAnotherThreadEndsTheWaitOfWhoConsumes() throws Exception {
    for (boolean ordered : List.of(true, false)) {
      try (var never = SharedEvent.create();
          var started = SharedLong.create(0);
          var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
        SerializableFunction<Integer, Integer> wait =
            _ -> {
              started.incrementAndGet();
              return awaitInVain(never);
            };
        var items = Stream.iterate(0, n -> n + 1);
        var results = ordered ? pool.imap(wait, items) : pool.imapUnordered(wait, items);
        var consumer = threads.submit(results::toList);
        while (started.get() < WORKERS) {
          Thread.sleep(1);
        }

        results.close();

        assertThatThrownBy(() -> consumer.get(30, SECONDS))
            .hasCauseInstanceOf(CancellationException.class);
      }
      assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
    }
  }

  /// A list that lacks some results would look whole.
  @Test
  void closeByAnotherThreadIsToldToWhoConsumesAll() throws Exception {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int i = 0; i < 20; i++) {
        var seen = new CountDownLatch(1);
        var results = pool.imap((Integer n) -> n, Stream.iterate(0, n -> n + 1), 100);
        // A terminal operation that may stop early asks for one result at a time.
        var some = i % 2 == 0 ? results : results.limit(1_000_000_000);
        var consumer = threads.submit(() -> some.forEach(_ -> seen.countDown()));
        assertThat(seen.await(30, SECONDS)).isTrue();

        results.close();

        assertThatThrownBy(() -> consumer.get(30, SECONDS))
            .hasCauseInstanceOf(CancellationException.class);
      }
    }
  }

  @Test
  void itemsAreClosedIfTheFunctionCannotTravel() {
    var closed = new AtomicInteger();
    var items = Stream.of(1).onClose(closed::incrementAndGet);
    var unwritable = new Object();

    assertThatExceptionOfType(TaskNotSerializableException.class)
        .isThrownBy(() -> pool.imap((Integer _) -> unwritable.hashCode(), items));

    assertThat(closed.get()).isOne();
  }

  @Test
  void closingTheStreamCancelsWhatIsOnItsWay() throws Exception {
    try (var never = SharedEvent.create()) {
      try (var results =
          pool.imap(
              (Integer n) -> n == 0 ? n : awaitInVain(never), Stream.iterate(0, n -> n + 1))) {
        assertThat(results.iterator().next()).isZero();
      }

      assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
      assertThat(pool.submit(() -> 43).get(30, SECONDS)).isEqualTo(43);
    }
  }

  private static int awaitInVain(SharedEvent never) {
    try {
      never.await();
      return 0;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void itemThatCannotTravelIsThrownToWhoConsumes() throws Exception {
    var items = Stream.of(1, 2, new Object());
    try (var results = pool.imap((Object item) -> item.hashCode(), items, 1)) {
      assertThatExceptionOfType(TaskNotSerializableException.class)
          .isThrownBy(results::toList)
          .withMessageContaining("java.lang.Object (items[2])");
    }
    assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
  }

  @Test
  void interruptEndsTheWaitOfWhoConsumesAndStaysSet() throws Exception {
    try (var never = SharedEvent.create();
        var results = pool.imap((Integer _) -> awaitInVain(never), Stream.of(1, 2, 3))) {
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(CancellationException.class).isThrownBy(results::toList);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
  }
}
