package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.slot.TreeProfiler;
import dev.multijvm.multiprocessing.ProcessPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What the tests of the runner measure: short, or wrong in one way each.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class TinySuite {
  /// Names a directory in which is written down who has died already.
  public static final String ONCE = "MULTIJVM_TINY_ONCE";

  private int calls;

  @Benchmark
  public void brief() throws InterruptedException {
    Thread.sleep(5);
  }

  /// Takes far less than a microsecond.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1, time = 200, timeUnit = TimeUnit.MILLISECONDS)
  public long tiny() {
    return System.nanoTime();
  }

  /// Uses 100 ms of CPU time in a child that ends inside the clock.
  @Benchmark
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void bornAndReaped() throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
        .start()
        .waitFor();
  }

  /// Tells of every second operation only.
  @Benchmark
  public void telling() {
    if (++calls % 2 == 1) {
      Readings.tell("odd", 4);
      Readings.tellMost("latest", calls);
    }
  }

  @Benchmark
  public void throwing() {
    throw new IllegalStateException("the kettle is empty");
  }

  @Benchmark
  @Warmup(iterations = 0)
  public void hanging() throws InterruptedException {
    Thread.sleep(Long.MAX_VALUE);
  }

  /// Runs in a child that outlives it.
  @Benchmark
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public void leaving() throws IOException {
    new ProcessBuilder("sleep", "600")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /// Loses its worker to a kill, once where [#ONCE] names a directory.
  @Benchmark
  @Warmup(iterations = 0)
  public void losing() throws Exception {
    if (isToDie("worker")) {
      try (ProcessPool pool = ProcessPool.open(1)) {
        pool.submit(
                () -> {
                  killThisProcess();
                  return null;
                })
            .get();
      }
    }
  }

  /// Is killed, once where [#ONCE] names a directory.
  @Benchmark
  @Warmup(iterations = 0)
  public void dying() throws Exception {
    if (isToDie("fork")) {
      killThisProcess();
    }
  }

  /// Is killed, three times where [#ONCE] names a directory.
  @Benchmark
  @Warmup(iterations = 0)
  public void dyingOften() throws Exception {
    if (isToDie("first") || isToDie("second") || isToDie("third")) {
      killThisProcess();
    }
  }

  private static boolean isToDie(String which) throws IOException {
    String directory = System.getenv(ONCE);
    return directory == null || Path.of(directory, which).toFile().createNewFile();
  }

  private static void killThisProcess() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    Thread.sleep(Long.MAX_VALUE);
  }

  @TearDown(Level.Trial)
  public void close() {
    TreeProfiler.end();
  }
}
