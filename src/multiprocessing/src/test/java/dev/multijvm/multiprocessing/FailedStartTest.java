package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/// Pools whose workers cannot be started, or not as wished, say so and leave nothing behind.
@Timeout(60)
class FailedStartTest {
  private static final PoolOptions OPTIONS =
      PoolOptions.defaults().withWorkers(1).withStartMethod(StartMethod.PLAIN);

  private static final PoolOptions SHARED = OPTIONS.withTransport(Transport.SHARED_MEMORY);

  /// Stands for a file system that is nearly full: no file may be larger than 100 KiB.
  private static final List<String> NO_LARGE_FILES = TestChild.limited("-f 200");

  @TempDir Path directory;

  @ParameterizedTest
  @EachTransport
  void systemThatRefusesAProcessFailsTheOpening(Transport transport) throws Exception {
    var leftovers = Leftovers.sinceNow();
    var tooLong =
        OPTIONS.withTransport(transport).withJvmArguments(List.of("-Da=" + "a".repeat(200_000)));

    assertThatThrownBy(() -> ProcessPool.open(tooLong))
        .isInstanceOf(MultiprocessingException.class)
        .hasMessageContaining("could not be started");

    leftovers.assertNone();
  }

  @ParameterizedTest
  @EachTransport
  void jvmThatDoesNotComeUpBreaksThePool(Transport transport) throws Exception {
    var leftovers = Leftovers.sinceNow();
    var options =
        OPTIONS
            .withTransport(transport)
            .withTasksPerWorker(1)
            .withJvmArguments(List.of("-XX:NoSuchOption=1"));
    try (var pool = ProcessPool.open(options)) {
      var future = pool.submit(() -> 1);

      assertThatThrownBy(() -> future.get(30, SECONDS))
          .hasStackTraceContaining("worker process")
          .hasRootCauseInstanceOf(WorkerLostException.class);
    }

    leftovers.assertNone();
  }

  @ParameterizedTest
  @EachTransport
  void initializerThatLastsTooLongBreaksAPoolThatRecyclesEachWorker(Transport transport) {
    var options =
        OPTIONS
            .withTransport(transport)
            .withTasksPerWorker(1)
            .withInitializer(FailedStartTest::hang)
            .withInitializerTimeout(Duration.ofMillis(300));
    try (var pool = ProcessPool.open(options)) {
      var future = pool.submit(() -> 1);

      assertThatThrownBy(() -> future.get(30, SECONDS))
          .hasRootCauseInstanceOf(WorkerLostException.class);
    }
  }

  /// So long an exception comes by another way than short ones.
  @ParameterizedTest
  @EachTransport
  void initializerThatFailsAtLengthBreaksThePool(Transport transport) {
    var options =
        OPTIONS
            .withTransport(transport)
            .withInitializer(() -> {
              throw new IllegalStateException("at length: " + "x".repeat(100_000));
            });
    try (var pool = ProcessPool.open(options)) {
      var future = pool.submit(() -> 1);

      assertThatThrownBy(() -> future.get(30, SECONDS))
          .hasStackTraceContaining("initializer")
          .hasRootCauseInstanceOf(IllegalStateException.class);
    }
  }

  private static void hang() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void poolOutlivesAMomentInWhichItsWorkerCannotBeReplaced() throws Exception {
    try (var child =
        TestChild.start(
            List.of("-Dmultijvm.scratch=" + directory),
            () -> {
              var log = new LibraryLog();
              log.attach();
              try (var pool = ProcessPool.open(SHARED)) {
                var hidden = killWorkerAndHideDirectory(pool);
                awaitRefusal(log);
                Files.move(hidden, Scratch.directory());
                TestChild.say(pool.submit(() -> 7).get(30, SECONDS));
              }
            })) {
      assertThat(child.said()).isEqualTo("7");
      child.join();
    }
  }

  private static void awaitRefusal(LibraryLog log) throws InterruptedException {
    long start = System.nanoTime();
    while (!log.says("cannot be replaced") && System.nanoTime() - start < SECONDS.toNanos(20)) {
      Thread.sleep(1);
    }
  }

  @Test
  void poolWhoseWorkerCannotBeReplacedForLongBreaks() throws Exception {
    try (var child =
        TestChild.start(
            List.of("-Dmultijvm.scratch=" + directory),
            () -> {
              try (var pool = ProcessPool.open(SHARED)) {
                var hidden = killWorkerAndHideDirectory(pool);
                try {
                  TestChild.say(pool.submit(() -> 7).get(30, SECONDS));
                } catch (ExecutionException problem) {
                  TestChild.say(problem.getCause());
                }
                Files.move(hidden, Scratch.directory());
              }
            })) {
      assertThat(child.said()).contains("the pool is broken");
      child.join();
    }
  }

  /// Without it there can be no file for the rings of another worker.
  private static Path killWorkerAndHideDirectory(ProcessPool pool) throws Exception {
    long pid = pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS);
    var directory = Scratch.directory();
    var hidden = Files.move(directory, directory.resolveSibling(directory.getFileName() + "-not"));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    return hidden;
  }

  @Test
  void whereMemoryCannotBeSharedTheSocketIsTakenAndSaid() throws Exception {
    try (var child =
        TestChild.start(
            NO_LARGE_FILES,
            List.of(),
            () -> {
              try (var pool = ProcessPool.open(OPTIONS)) {
                TestChild.say(pool.description().transport());
                TestChild.say(pool.submit(() -> 7).get(30, SECONDS));
              }
            })) {
      assertThat(child.said()).isEqualTo("SOCKET");
      assertThat(child.said()).isEqualTo("7");
      child.join();
    }
  }

  @Test
  void whoInsistsOnSharedMemoryIsToldThatThereIsNoRoom() throws Exception {
    try (var child =
        TestChild.start(
            NO_LARGE_FILES,
            List.of(),
            () -> {
              try {
                ProcessPool.open(OPTIONS.withTransport(Transport.SHARED_MEMORY)).close();
              } catch (MultiprocessingException problem) {
                TestChild.say(problem.getCause());
              }
            })) {
      assertThat(child.said()).contains("cannot make", "bytes of shared memory", "File too large");
      child.join();
    }
  }

  @Test
  void directoryWhosePathIsTooLongForASocketIsNamed() throws Exception {
    var deep = Files.createDirectory(directory.resolve("d".repeat(100)));
    try (var child =
        TestChild.start(
            List.of("-Dmultijvm.scratch=" + deep),
            () -> {
              try {
                ProcessPool.open(OPTIONS).close();
              } catch (MultiprocessingException problem) {
                TestChild.say(problem.getCause());
              }
            })) {
      assertThat(child.said()).contains("cannot listen at", "dddd", "too long");
      child.join();
    }
  }
}
