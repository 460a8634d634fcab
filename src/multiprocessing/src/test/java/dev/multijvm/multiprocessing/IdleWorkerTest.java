package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No task waits while a worker is idle.
@Timeout(90)
class IdleWorkerTest {
  @TempDir Path directory;

  @Test
  void taskOfAWorkerThatIsStillStartingGoesToAnIdleOneThoughAThirdIsBusy() throws Exception {
    String gate = directory.resolve("gate").toString();
    var options =
        PoolOptions.defaults()
            .withWorkers(3)
            .withTransport(Transport.SHARED_MEMORY)
            .withInitializer(() -> {
              if (CurrentProcess.name().equals("worker-3")) {
                awaitFile(gate);
              }
            });
    try (var pool = ProcessPool.open(options)) {
      var busy = pool.submit(() -> awaitFile(gate));
      var second = pool.submit(() -> 2);
      var third = pool.submit(() -> 3);

      assertThat(second.get(60, SECONDS)).isEqualTo(2);
      assertThat(third.get(20, SECONDS)).isEqualTo(3);
      Files.createFile(Path.of(gate));
      busy.get(60, SECONDS);
    }
  }

  private static void awaitFile(String file) {
    while (!Files.exists(Path.of(file))) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
