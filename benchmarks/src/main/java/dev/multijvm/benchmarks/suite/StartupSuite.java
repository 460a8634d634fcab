package dev.multijvm.benchmarks.suite;

import static java.util.Objects.requireNonNull;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.FairJvm;
import dev.multijvm.benchmarks.mode.Opener;
import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.multiprocessing.ChildOptions;
import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.StartMethod;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long does it take until the first answers are there, when the pool must be made for them?
///
/// - Inside the clock: `pool`: opening a pool of `size`, one tiny task for each worker, closing the
///   pool. `first`: the same without closing, by start `method`: `plain`, `cached` (the cache was
///   trained before) or `warm` (the spares were there before). `one`: one thread, virtual thread or
///   process is started, does nothing and is joined.
/// - What each mode pays: starting its threads or JVMs, and ending them but in `first`. The fork is
///   warm, as a program is that has run for a while; new JVMs are always cold. The single thread
///   starts nothing.
/// - Unit: us; `first` ms.
/// - `java -jar benchmarks/target/benchmarks.jar StartupSuite -p size=1`
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class StartupSuite extends Suite {

  private static final Duration SPARES_DEADLINE = Duration.ofSeconds(30);

  @Benchmark
  public long pool(Life operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  @Warmup(iterations = 3)
  @Measurement(iterations = 5)
  public long first(First operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long one(One operation) throws InterruptedException, ExecutionException {
    return operation.run();
  }

  /// A pool that lives for one task a worker.
  public static class Life extends ColdOperation {

    @Param({"1", "2", "4"})
    public int size;

    @Override
    protected Batch tasks() {
      return Batch.of(size, new Squares(1, 1));
    }

    @Override
    protected int workers() {
      return size;
    }
  }

  /// A pool whose end is not waited for.
  public static class First extends Operation {

    @Param({"plain", "cached", "warm"})
    public String method = "";

    @Param({"1", "2"})
    public int size;

    private @Nullable Opener opener;
    private @Nullable ExecutorService pool;

    @Override
    protected Batch tasks() {
      return Batch.of(size, new Squares(1, 1));
    }

    @Override
    protected int workers() {
      return size;
    }

    @Setup(Level.Invocation)
    public void prepare() throws InterruptedException {
      if (opener == null) {
        opener = mode() == ExecutionMode.PROCESS_POOL ? byMethod() : mode().opener(size);
      }
      if (mode() == ExecutionMode.PROCESS_POOL && startMethod() == StartMethod.WARM) {
        ProcessPool.prestart(options(), SPARES_DEADLINE);
      }
    }

    private Opener byMethod() {
      var options = options();
      return () -> ProcessPool.open(options);
    }

    private PoolOptions options() {
      return PoolOptions.defaults()
          .withWorkers(size)
          .withStartMethod(startMethod())
          .withJvmArguments(FairJvm.workerArguments(size));
    }

    private StartMethod startMethod() {
      return StartMethod.valueOf(method.toUpperCase(Locale.ROOT));
    }

    final long run() throws ExecutionException, InterruptedException {
      pool = requireNonNull(opener).open();
      return keep(batch().run(pool));
    }

    @TearDown(Level.Invocation)
    public void close() {
      requireNonNull(pool).close();
    }

    @TearDown(Level.Trial)
    public void discard() {
      requireNonNull(opener).close();
    }
  }

  /// One that does nothing.
  public static class One extends Operation {

    private @Nullable ExecutorService python;

    @Override
    protected Batch tasks() {
      return Batch.of(1, new PythonWork("start-and-join", List.of(), 1));
    }

    @Setup(Level.Trial)
    public void prepare() {
      if (mode().isPython()) {
        python = mode().open(1, new WarmUp(new Squares(1, 1), 0));
      }
    }

    final long run() throws InterruptedException, ExecutionException {
      switch (mode()) {
        case THREAD_POOL -> Thread.ofPlatform().start(() -> {}).join();
        case VIRTUAL_THREADS -> Thread.ofVirtual().start(() -> {}).join();
        case PROCESS_POOL -> startProcess();
        case PYTHON_THREADS, PYTHON_PROCESSES -> batch().run(requireNonNull(python));
        case SINGLE_THREAD, FORK_JOIN_POOL, PYTHON_SERIAL ->
            throw new IllegalArgumentException("nothing is started in mode " + mode);
      }
      return keep(1);
    }

    private static void startProcess() throws InterruptedException {
      var options =
          ChildOptions.defaults()
              .withStartMethod(StartMethod.PLAIN)
              .withJvmArguments(FairJvm.workerArguments(1));
      try (var child = ChildProcess.start(options, () -> {})) {
        child.join();
      }
    }

    @TearDown(Level.Trial)
    public void discard() {
      if (python != null) {
        python.close();
      }
    }
  }
}
