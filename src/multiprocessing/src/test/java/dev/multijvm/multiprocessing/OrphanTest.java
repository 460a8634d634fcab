package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workers do not outlive the process that opened the pool, however it ends.
@Timeout(60)
class OrphanTest {
  /// Opens a pool, keeps its workers as busy as told, prints their pids and waits to be killed.
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      var pool =
          ProcessPool.open(
              PoolOptions.defaults()
                  .withWorkers(2)
                  .withTransport(Transport.valueOf(args[0]))
                  .withJvmArguments(List.of("-XX:+UseSerialGC")));
      var pids = List.of(pool.submit(pause()), pool.submit(pause()));
      var line = new StringBuilder("pids");
      for (var pid : pids) {
        line.append(' ').append(pid.get(30, SECONDS));
      }
      if (args[1].equals("counting")) {
        for (int i = 0; i < 8; i++) {
          var _ = pool.submit(() -> countForSeconds());
        }
        Thread.sleep(500);
      }
      System.out.println(line);
      Thread.sleep(60_000);
    }

    private static SerializableCallable<Long> pause() {
      return () -> {
        Thread.sleep(300);
        return ProcessHandle.current().pid();
      };
    }

    /// An int loop without a call, in which Serial would not stop for a safepoint.
    private static int countForSeconds() {
      int x = 1;
      for (int i = 0; i < Integer.MAX_VALUE; i++) {
        x = x * 31 + (x >>> 7) + i;
        x ^= x << 13;
      }
      return x;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHARED_MEMORY, idle",
    "SHARED_MEMORY, counting",
    "SOCKET, idle",
    "SOCKET, counting",
  })
  void workersAreGoneWithinASecondOfTheirParentsKill(String transport, String busyness)
      throws Exception {
    var parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                transport,
                busyness)
            .redirectError(Redirect.INHERIT)
            .start();
    List<ProcessHandle> workers;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      workers = handles(lines.readLine());
    } finally {
      parent.destroyForcibly();
    }

    var gone = workers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    long killed = System.nanoTime();
    CompletableFuture.allOf(gone).get(30, SECONDS);

    // The promise is one second; the machine that runs this may be busy with other things.
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed)).isLessThan(3_000);
    assertThat(workers).hasSize(2).noneMatch(ProcessHandle::isAlive);
  }

  private static List<ProcessHandle> handles(String line) {
    assertThat(line).startsWith("pids ");
    var handles = new ArrayList<ProcessHandle>();
    for (var pid : line.substring("pids ".length()).split(" ", -1)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(handles::add);
    }
    return handles;
  }
}
