package dev.multijvm.multiprocessing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A pool of two small workers, by each transport, in which one task does harm among twenty others.
@Timeout(180)
abstract class HarmTest extends PoolTest {
  static final PoolOptions OPTIONS =
      PoolOptions.defaults()
          .withWorkers(2)
          .withJvmArguments(
              List.of(
                  "-Xmx64m",
                  "-XX:MaxMetaspaceSize=20m",
                  "-XX:MaxDirectMemorySize=1m",
                  "-XX:-CreateCoredumpOnCrash"));

  private List<ProcessFuture<Integer>> others = List.of();

  HarmTest(Transport transport) {
    super(OPTIONS, transport);
  }

  final <T extends @Nullable Object> ProcessFuture<T> submitAmongOthers(
      SerializableCallable<T> harm) {
    return submitAmongOthers(harm, TaskOptions.defaults());
  }

  final <T extends @Nullable Object> ProcessFuture<T> submitAmongOthers(
      SerializableCallable<T> harm, TaskOptions options) {
    others = new ArrayList<>(IntStream.range(0, 10).mapToObj(n -> pool.submit(() -> n)).toList());
    var harmful = pool.submit(harm, options);
    others.addAll(IntStream.range(10, 20).mapToObj(n -> pool.submit(() -> n)).toList());
    return harmful;
  }

  @AfterEach
  void othersAreSpared() throws Exception {
    for (int i = 0; i < others.size(); i++) {
      assertThat(others.get(i).get(30, SECONDS)).isEqualTo(i);
    }
    others = List.of();
    assertThat(pool.submit(() -> 42).get(30, SECONDS)).isEqualTo(42);
  }

  /// Sends a signal to the process that calls this.
  static void signal(String signal) throws IOException, InterruptedException {
    Signals.send(signal, ProcessHandle.current().pid());
  }

  static int overflow(int n) {
    return n < 0 ? n : overflow(n + 1) + 1;
  }
}
