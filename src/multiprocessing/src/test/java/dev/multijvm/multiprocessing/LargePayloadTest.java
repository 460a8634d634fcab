package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;

/// Tasks and results that are large, or too large, or many.
@ParameterizedClass
@EachTransport
@Timeout(120)
class LargePayloadTest {
  private static final int MIB = 1 << 20;

  /// In a worker: what it never lets go.
  private static final byte[][] HELD = new byte[1000][];

  private static final byte[] NOTHING = {};

  private final Transport transport;
  private final PoolOptions options;

  LargePayloadTest(Transport transport) {
    this.transport = transport;
    options = PoolOptions.defaults().withWorkers(1).withTransport(transport);
  }

  private static PoolOptions withHeap(PoolOptions options, String heap) {
    return options.withJvmArguments(List.of("-Xmx" + heap, "-XX:MaxDirectMemorySize=2m"));
  }

  @Test
  void largeTaskAndResultNeedLittleMemoryOutsideTheHeap() throws Exception {
    byte[] large = new byte[64 * MIB];
    large[large.length - 1] = 1;

    try (var pool = ProcessPool.open(withHeap(options, "512m"))) {
      byte[] result =
          pool.submit(
                  () -> {
                    large[large.length - 1]++;
                    return large;
                  })
              .get(60, SECONDS);

      assertThat(result).hasSize(large.length).endsWith(2);
    }
  }

  @Test
  void taskThatDoesNotFitTheWorkerFailsAloneAndTheNextOneRuns() throws Exception {
    byte[] large = new byte[64 * MIB];

    try (var pool = ProcessPool.open(withHeap(options, "32m"))) {
      var tooLarge = pool.submit(() -> large.length);
      var small = pool.submit(() -> 7);

      assertThatThrownBy(() -> tooLarge.get(60, SECONDS))
          .hasCauseInstanceOf(OutOfMemoryError.class);
      assertThat(small.get(60, SECONDS)).isEqualTo(7);
    }
  }

  @Test
  void tasksSentAheadToAWorkerWhoseMemoryRanOutRunInTheNextOne() throws Exception {
    try (var pool = ProcessPool.open(withHeap(options, "64m"))) {
      assertThat(pool.map(n -> n, IntStream.range(0, 5000).boxed().toList(), 1)).hasSize(5000);

      var harm = pool.submit(LargePayloadTest::holdMost);
      var others =
          IntStream.range(0, 500)
              .mapToObj(_ -> pool.submit(() -> new byte[16 * MIB].length))
              .toList();

      assertThatThrownBy(() -> harm.get(60, SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
      assertThat(others).filteredOn(LargePayloadTest::fails).hasSizeLessThan(50);
    }
  }

  /// Leaves some memory, so that its worker can go on.
  private static int holdMost() {
    HELD[0] = new byte[8 * MIB];
    try {
      for (int i = 1; i < HELD.length; i++) {
        HELD[i] = new byte[MIB];
      }
      return HELD.length;
    } catch (OutOfMemoryError problem) {
      HELD[0] = NOTHING;
      throw problem;
    }
  }

  private static boolean fails(ProcessFuture<?> future) {
    try {
      var _ = future.get(60, SECONDS);
      return false;
    } catch (ExecutionException _) {
      return true;
    } catch (InterruptedException | TimeoutException problem) {
      throw new AssertionError(problem);
    }
  }

  @Test
  void largeTasksAfterShortOnesDoNotWaitInTheHeapsOfTheWorkers() throws Exception {
    byte[] large = new byte[4 * MIB];

    try (var pool = ProcessPool.open(withHeap(options.withWorkers(2), "96m"))) {
      assertThat(pool.map(n -> n, IntStream.range(0, 5000).boxed().toList(), 1)).hasSize(5000);

      assertThat(pool.map(array -> array.length, Collections.nCopies(100, large), 1))
          .hasSize(100)
          .containsOnly(large.length);
    }
  }

  @Test
  void functionThatDoesNotFitTheWorkersFailsItsMapAlone() throws Exception {
    byte[] large = new byte[64 * MIB];

    try (var pool = ProcessPool.open(withHeap(options, "32m"))) {
      assertThatThrownBy(() -> pool.map(n -> n + large.length, List.of(1, 2, 3)))
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .isInstanceOf(OutOfMemoryError.class);
      assertThat(pool.map(n -> n + 1, List.of(1, 2, 3))).containsExactly(2, 3, 4);
    }
  }

  @Test
  void taskThatDoesNotFitTheParentIsRefusedAloneAndTheNextOneRuns() throws Exception {
    var chosen = transport;
    try (var parent =
        TestChild.start(
            List.of("-Xmx64m"),
            () -> {
              byte[] large = new byte[24 * MIB];
              var child = PoolOptions.defaults().withWorkers(1).withTransport(chosen);
              try (var pool = ProcessPool.open(withHeap(child, "512m"))) {
                var before = pool.submit(() -> 6);
                try {
                  TestChild.say(pool.submit(() -> large.length).get(60, SECONDS));
                } catch (OutOfMemoryError problem) {
                  TestChild.say(problem);
                }
                TestChild.say(before.get(60, SECONDS));
                TestChild.say(pool.submit(() -> 7).get(60, SECONDS));
              }
            })) {
      assertThat(parent.said()).contains("OutOfMemoryError");
      assertThat(parent.said()).isEqualTo("6");
      assertThat(parent.said()).isEqualTo("7");
      parent.join();
    }
  }

  @Test
  void resultThatDoesNotFitTheParentFailsAloneAndTheNextOneComes() throws Exception {
    var chosen = transport;
    try (var parent =
        TestChild.start(
            List.of("-Xmx48m"),
            () -> {
              var child = PoolOptions.defaults().withWorkers(1).withTransport(chosen);
              try (var pool = ProcessPool.open(withHeap(child, "512m"))) {
                try {
                  TestChild.say(pool.submit(() -> new byte[128 * MIB]).get(60, SECONDS).length);
                } catch (ExecutionException problem) {
                  TestChild.say(problem.getCause());
                }
                TestChild.say(pool.submit(() -> 7).get(60, SECONDS));
              }
            })) {
      assertThat(parent.said()).contains("OutOfMemoryError", "134217");
      assertThat(parent.said()).isEqualTo("7");
      parent.join();
    }
  }

  @Test
  void initializerMayBeLarge() throws Exception {
    byte[] large = new byte[80 * MIB];
    var large80 = options.withInitializer(() -> System.setProperty("length", "" + large.length));

    try (var pool = ProcessPool.open(withHeap(large80, "512m"))) {
      assertThat(pool.submit(() -> System.getProperty("length")).get(60, SECONDS))
          .isEqualTo("" + large.length);
    }
  }

  @Test
  void tenThousandTasksMayWait() throws Exception {
    try (var pool = ProcessPool.open(options)) {
      var first =
          pool.submit(() -> {
            Thread.sleep(300);
            return -1;
          });
      var futures = IntStream.range(0, 10_000).mapToObj(n -> pool.submit(() -> n)).toList();

      assertThat(first.get(60, SECONDS)).isEqualTo(-1);
      for (int i = 0; i < futures.size(); i++) {
        assertThat(futures.get(i).get(60, SECONDS)).isEqualTo(i);
      }
    }
  }
}
