package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.FairJvm;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.SerializableCallable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// JVMs that compute without a pause beside the one that measures. They talk by files: each makes
/// one when it computes, and all look every 2 ms or so for the one that says stop.
///
/// That all of them ran during the whole measurement is certain: it begins after each has said that
/// it computes, and when it is over each must still be there to be stopped.
final class Companions implements AutoCloseable {

  private static final Ruler SLICE = new Ruler(1_000_000);
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String STOP = "stop";

  private final Path directory;
  private final ProcessPool pool;
  private final List<Future<Long>> running = new ArrayList<>();

  private Companions(Path directory, ProcessPool pool) {
    this.directory = directory;
    this.pool = pool;
  }

  /// Starts `count` JVMs, warms them and returns when all of them compute.
  static Companions start(int count) throws IOException, ExecutionException, InterruptedException {
    var options =
        PoolOptions.defaults()
            .withWorkers(count)
            .withJvmArguments(FairJvm.workerArguments(count + 1))
            .withInitializer(new WarmUp(SLICE, 50));
    var directory = Files.createTempDirectory("companions");
    var companions = new Companions(directory, ProcessPool.open(options));
    companions.begin(count);
    return companions;
  }

  private void begin(int count) throws IOException, ExecutionException, InterruptedException {
    for (int i = 0; i < count; i++) {
      running.add(pool.submit(new Companion(directory.toString())));
    }
    var deadline = Instant.now().plus(DEADLINE);
    while (filesMade() < count) {
      for (var companion : running) {
        if (companion.isDone()) {
          throw new IllegalStateException("a companion stopped at once: " + companion.get());
        }
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            filesMade() + " of " + count + " companions compute after " + DEADLINE);
      }
      Thread.sleep(1);
    }
  }

  private long filesMade() throws IOException {
    try (var files = Files.list(directory)) {
      return files.count();
    }
  }

  /// Stops all companions.
  ///
  /// @throws IllegalStateException if one had ended before, so that the measurement is void
  @Override
  public void close() throws IOException {
    if (running.stream().anyMatch(Future::isDone)) {
      throw new IllegalStateException("a companion ended before it was stopped");
    }
    Files.createFile(directory.resolve(STOP));
    pool.close();
    try (var files = Files.list(directory)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /// Runs the ruler until it is told to stop.
  private record Companion(String directory) implements SerializableCallable<Long> {

    @Override
    public Long call() throws IOException {
      var home = Path.of(directory);
      SLICE.call();
      Files.createFile(home.resolve(Long.toString(ProcessHandle.current().pid())));
      long slices = 1;
      while (Files.notExists(home.resolve(STOP))) {
        SLICE.call();
        slices++;
      }
      return slices;
    }
  }
}
