package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;

@Timeout(180)
class VirtualCallersTest {
  private static final int CALLERS = 10_000;
  private static final String PINNED = "jdk.VirtualThreadPinned";

  /// The tasks end when an unrelated virtual thread says so, which has to share the only carrier
  /// with all callers.
  @ParameterizedTest
  @EachTransport
  void tenThousandWaitWithoutPinningOrStarvingAnother(Transport transport) throws Exception {
    try (var parent =
        TestChild.start(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1"),
            () -> callFromManyThreads(transport))) {
      assertThat(parent.said()).isEqualTo("[]");
      assertThat(parent.said()).isEqualTo("49995000");
      parent.join();
    }
  }

  private static void callFromManyThreads(Transport transport) throws Exception {
    var options = PoolOptions.defaults().withWorkers(2).withTransport(transport);
    try (var pool = ProcessPool.open(options);
        var gate = SharedEvent.create();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var recording = new Recording()) {
      // A class that is loaded pins, once.
      threads.submit(() -> pool.submit(() -> gate.isSet()).get()).get(120, SECONDS);
      recording.enable(PINNED).withThreshold(Duration.ofMillis(20));
      recording.start();

      var submitted = new CountDownLatch(CALLERS);
      var calls = new ArrayList<Future<Integer>>();
      for (int i = 0; i < CALLERS; i++) {
        int number = i;
        calls.add(
            threads.submit(() -> {
              var future = pool.submit(() -> await(gate, number));
              submitted.countDown();
              return future.get(120, SECONDS);
            }));
      }
      assertThat(submitted.await(120, SECONDS)).isTrue();
      threads.submit(gate::set).get(120, SECONDS);

      long sum = 0;
      for (var call : calls) {
        sum += call.get(120, SECONDS);
      }
      TestChild.say(pinned(recording));
      TestChild.say(sum);
    }
  }

  private static int await(SharedEvent gate, int number) throws InterruptedException {
    gate.await();
    return number;
  }

  private static List<RecordedEvent> pinned(Recording recording) throws IOException {
    var file = Files.createTempFile("pinned", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().equals(PINNED))
          .toList();
    } finally {
      Files.delete(file);
    }
  }
}
