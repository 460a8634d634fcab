package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever one task does to its worker while it runs: it alone fails.
class CrashTest extends HarmTest {
  CrashTest(Transport transport) {
    super(transport);
  }

  private static WorkerLostException lost(ProcessFuture<?> future) {
    try {
      throw new AssertionError("the task returned " + future.get(30, SECONDS));
    } catch (ExecutionException problem) {
      assertThat(problem).hasCauseInstanceOf(WorkerLostException.class);
      return (WorkerLostException) Objects.requireNonNull(problem.getCause());
    } catch (InterruptedException | TimeoutException problem) {
      throw new AssertionError(problem);
    }
  }

  @Test
  void taskThatThrows() {
    var future =
        submitAmongOthers(() -> {
          throw new IllegalStateException("on purpose");
        });

    assertThatThrownBy(() -> future.get(30, SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("on purpose");
  }

  @Test
  void taskThatExits() {
    var future =
        submitAmongOthers(() -> {
          System.exit(5);
          return 0;
        });

    assertThat(lost(future)).hasMessageContaining("exit 5");
  }

  @Test
  void taskThatHaltsAfterSomeLastWords() {
    var future =
        submitAmongOthers(() -> {
          System.err.println("these are my last words");
          Runtime.getRuntime().halt(6);
          return 0;
        });

    var lost = lost(future);
    assertThat(lost).hasMessageContaining("exit 6");
    assertThat(lost.endOfErrorOutput()).contains("these are my last words");
  }

  @Test
  void taskThatIsKilled() {
    var future =
        submitAmongOthers(() -> {
          signal("KILL");
          return 0;
        });

    assertThat(lost(future)).hasMessageContaining("signal 9").hasMessageContaining("137");
  }

  @Test
  @SuppressWarnings("restricted") // the crash is the point
  void taskThatCrashesItsJvm() throws Exception {
    var future =
        submitAmongOthers(
            () -> MemorySegment.ofAddress(8).reinterpret(8).get(ValueLayout.JAVA_BYTE, 0));

    var crashFile = lost(future).crashFile().orElseThrow();
    assertThat(Files.readString(crashFile)).contains("SIGSEGV");
    Files.delete(crashFile);
  }

  @Test
  void taskThatFillsTheHeap() {
    var future =
        submitAmongOthers(() -> {
          long[][] all = new long[1 << 10][];
          for (int i = 0; i < all.length; i++) {
            all[i] = new long[1 << 20];
          }
          return all.length;
        });

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void taskThatFillsTheMetaspace() {
    var future =
        submitAmongOthers(() -> {
          Object[] all = new Object[1 << 20];
          for (int i = 0; i < all.length; i++) {
            all[i] =
                Proxy.newProxyInstance(
                    new URLClassLoader(new URL[0]),
                    new Class<?>[] {Runnable.class},
                    (_, _, _) -> 0);
          }
          return all.length;
        });

    assertThatThrownBy(() -> future.get(150, SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void taskThatFillsTheDirectMemory() {
    var future = submitAmongOthers(() -> ByteBuffer.allocateDirect(2 << 20).capacity());

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void taskThatOverflowsItsStack() {
    var future = submitAmongOthers(() -> overflow(0));

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void taskThatClosesStandardInput() throws Exception {
    var future =
        submitAmongOthers(() -> {
          new FileInputStream(FileDescriptor.in).close();
          return 7;
        });

    assertThat(future.get(30, SECONDS)).isEqualTo(7);
  }

  @Test
  void taskThatClosesStandardOutput() throws Exception {
    var future =
        submitAmongOthers(() -> {
          new FileOutputStream(FileDescriptor.out).close();
          return ProcessHandle.current().pid();
        });

    awaitReplacementOf(future.get(30, SECONDS));
  }

  @Test
  void taskThatClosesStandardError() throws Exception {
    var future =
        submitAmongOthers(() -> {
          new FileOutputStream(FileDescriptor.err).close();
          System.err.println("nobody hears this");
          return ProcessHandle.current().pid();
        });

    awaitReplacementOf(future.get(30, SECONDS));
  }

  @Test
  void taskBehindOneThatClosedStandardOutputIsFinished() throws Exception {
    var options =
        PoolOptions.defaults().withWorkers(1).withTransport(pool.description().transport());

    try (var one = ProcessPool.open(options)) {
      var closing =
          one.submit(() -> {
            new FileOutputStream(FileDescriptor.out).close();
            return 6;
          });
      var behind =
          one.submit(() -> {
            Thread.sleep(1_000);
            return 7;
          });

      assertThat(closing.get(30, SECONDS)).isEqualTo(6);
      assertThat(behind.get(30, SECONDS)).isEqualTo(7);
    }
  }

  /// A worker that nobody can hear ends, and another takes its place.
  private void awaitReplacementOf(long pid) throws InterruptedException {
    long deadline = System.nanoTime() + SECONDS.toNanos(30);
    while (pool.workers().stream().anyMatch(worker -> worker.pid() == pid)) {
      assertThat(System.nanoTime()).as("worker %s is still there", pid).isLessThan(deadline);
      Thread.sleep(10);
    }
  }

  @Test
  void taskThatWritesBellsAndTextToTheDescriptorOfStandardOutput() throws Exception {
    var future =
        submitAmongOthers(() -> {
          var out = new FileOutputStream(FileDescriptor.out);
          out.write(new byte[100]);
          out.write("stray text\n".getBytes(StandardCharsets.US_ASCII));
          return 7;
        });

    assertThat(future.get(30, SECONDS)).isEqualTo(7);
  }

  @Test
  void taskThatPrintsNativelyToStandardOutput() throws Exception {
    var future = submitAmongOthers(() -> writeNatively(1, "\0\0printed natively\n"));

    assertThat(future.get(30, SECONDS)).isEqualTo("\0\0printed natively\n".length());
  }

  /// Writes by the C library's `write`, past all that Java knows of its descriptors.
  @SuppressWarnings("restricted") // that is the point
  private static long writeNatively(int descriptor, String text) throws Exception {
    var linker = Linker.nativeLinker();
    var write =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("write"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
    try (var arena = Arena.ofConfined()) {
      return (long) write.invokeExact(descriptor, arena.allocateFrom(text), (long) text.length());
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  @Test
  void taskThatIsStoppedEndsByItsHardTimeout() {
    var future =
        submitAmongOthers(
            () -> {
              signal("STOP");
              return 0;
            },
            TaskOptions.defaults().withHardTimeout(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void taskThatIsDeadlockedEndsByItsHardTimeout() {
    var future =
        submitAmongOthers(
            () -> {
              while (true) {
                try {
                  new CountDownLatch(1).await();
                } catch (InterruptedException _) {
                  // Deaf on purpose.
                }
              }
            },
            TaskOptions.defaults()
                .withSoftTimeout(Duration.ofMillis(200))
                .withHardTimeout(Duration.ofSeconds(1)));

    assertThatThrownBy(() -> future.get(30, SECONDS)).hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void workerThatIsKilledWhileManyTasksWait() throws Exception {
    long victim = pool.workers().getFirst().pid();

    var sleepers =
        IntStream.range(0, 40)
            .mapToObj(n ->
                pool.submit(() -> {
                  Thread.sleep(20);
                  return n;
                }))
            .toList();
    ProcessHandle.of(victim).ifPresent(ProcessHandle::destroyForcibly);

    int lost = 0;
    for (int i = 0; i < sleepers.size(); i++) {
      try {
        assertThat(sleepers.get(i).get(30, SECONDS)).isEqualTo(i);
      } catch (ExecutionException problem) {
        assertThat(problem).hasCauseInstanceOf(WorkerLostException.class);
        lost++;
      }
    }
    assertThat(lost).isLessThanOrEqualTo(1);
  }

  @Test
  void largeTasksAndResultsTravelWhole() throws Exception {
    byte[] large = new byte[3 << 20];
    large[large.length - 1] = 42;

    var future =
        submitAmongOthers(() -> {
          byte[] larger = Arrays.copyOf(large, large.length + 1);
          larger[large.length] = (byte) (large[large.length - 1] + 1);
          return larger;
        });

    assertThat(future.get(30, SECONDS)).hasSize(large.length + 1).endsWith(42, 43);
  }

  @Test
  void retriedTaskRunsAgainAfterItsWorkerDied() throws Exception {
    var marker = Files.createTempFile("multijvm", "retry");
    String path = marker.toString();
    try {
      var future =
          submitAmongOthers(
              () -> {
                if (Files.deleteIfExists(Path.of(path))) {
                  Runtime.getRuntime().halt(1);
                }
                return 7;
              },
              TaskOptions.defaults().withRetries(1));

      assertThat(future.get(30, SECONDS)).isEqualTo(7);
    } finally {
      Files.deleteIfExists(marker);
    }
  }
}
