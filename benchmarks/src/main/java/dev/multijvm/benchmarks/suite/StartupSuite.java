package dev.multijvm.benchmarks.suite;

import static java.util.Objects.requireNonNull;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.FairJvm;
import dev.multijvm.benchmarks.mode.Opener;
import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.Workload;
import dev.multijvm.multiprocessing.ChildOptions;
import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.SerializableCallable;
import dev.multijvm.multiprocessing.StartMethod;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
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
/// - Inside the clock: `pool`: opening a pool of `size`, as many tiny tasks, closing the pool.
///   `first`: the same without closing, by start `method`: `plain`, `cached` (the cache was trained
///   before) or `warm` (the spares were there before). `one`: one thread, virtual thread or
///   process, by the same methods, is started, does nothing and is joined.
/// - What each mode pays: starting its threads or JVMs, and ending them but in `first`. The fork is
///   warm, as a program is that has run for a while; new JVMs are always cold. The single thread
///   starts nothing. No task waits for its own worker: the process that is up first may run all of
///   them, and `first` does not wait for the others.
/// - Readings of `first`, in ms, one after the other the whole time: `jvm` until the last JVM that
///   runs a task is up and about to enter `main`, `boot` until the last task starts, `answer` until
///   all answers are seen. Not in Python's modes.
/// - Unit: us; `first` ms.
/// - `java -jar benchmarks/target/benchmarks.jar StartupSuite -p size=1 -p
///   mode=thread-pool,virtual-threads,process-pool`
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class StartupSuite extends Suite {

  private static final Duration SPARES_DEADLINE = Duration.ofSeconds(30);
  private static final double NANOS_PER_MILLI = 1e6;

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

  private static StartMethod startMethod(String name) {
    return StartMethod.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static boolean needsSpares(ExecutionMode mode, String method) {
    return mode == ExecutionMode.PROCESS_POOL && startMethod(method) == StartMethod.WARM;
  }

  /// A pool that lives for as many tasks as it has workers.
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
    private long askedNanos;
    private long answeredNanos;

    @Override
    protected Batch tasks() {
      return Batch.of(size, mode().isPython() ? new Squares(1, 1) : new FirstTask());
    }

    @Override
    protected int workers() {
      return size;
    }

    @Setup(Level.Invocation)
    public void prepare() throws InterruptedException {
      if (opener == null) {
        opener = mode() == ExecutionMode.PROCESS_POOL ? byMethod() : mode().opener(size);
        if (needsSpares(mode(), method)) {
          // Trains the cache that spares start from, if there is none yet.
          ProcessPool.open(options().withStartMethod(StartMethod.CACHED)).close();
        }
      }
      if (needsSpares(mode(), method)) {
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
          .withStartMethod(startMethod(method))
          .withJvmArguments(FairJvm.workerArguments(size));
    }

    final long run() throws ExecutionException, InterruptedException {
      askedNanos = System.nanoTime();
      pool = requireNonNull(opener).open();
      long answer = batch().run(pool);
      answeredNanos = System.nanoTime();
      return keep(answer);
    }

    @TearDown(Level.Invocation)
    public void close() throws ExecutionException, InterruptedException {
      if (!mode().isPython()) {
        tellParts(requireNonNull(pool));
      }
      requireNonNull(pool).close();
    }

    /// Asks every JVM that ran a first task when it was up and when that task started.
    private void tellParts(ExecutorService pool) throws ExecutionException, InterruptedException {
      long up = askedNanos;
      long started = askedNanos;
      for (var future : pool.invokeAll(Collections.nCopies(size, new AskMoments()))) {
        var moments = future.get();
        if (moments.startedNanos > askedNanos) {
          up = Math.max(up, Math.min(moments.upNanos, moments.startedNanos));
          started = Math.max(started, moments.startedNanos);
        }
      }
      Readings.tell("jvm", (up - askedNanos) / NANOS_PER_MILLI);
      Readings.tell("boot", (started - up) / NANOS_PER_MILLI);
      Readings.tell("answer", (answeredNanos - started) / NANOS_PER_MILLI);
    }

    @TearDown(Level.Trial)
    public void discard() {
      requireNonNull(opener).close();
    }
  }

  /// A first task, which remembers in its JVM when it started.
  private record FirstTask() implements Workload {

    private static volatile long startedNanos;

    @Override
    public String kernel() {
      return "first-task";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public long answer() {
      return 1;
    }

    @Override
    public Long call() {
      startedNanos = System.nanoTime();
      return 1L;
    }
  }

  /// When a JVM was up, to the millisecond, and when its last first task started: by the monotonic
  /// clock, which on one machine is the same in every process.
  private record Moments(long upNanos, long startedNanos) implements Serializable {}

  private record AskMoments() implements SerializableCallable<Moments> {

    @Override
    public Moments call() {
      long upMillis = ManagementFactory.getRuntimeMXBean().getStartTime();
      long sinceMillis = System.currentTimeMillis() - upMillis;
      long upNanos = System.nanoTime() - Duration.ofMillis(sinceMillis).toNanos();
      return new Moments(upNanos, FirstTask.startedNanos);
    }
  }

  /// One that does nothing.
  public static class One extends Operation {

    /// After it was born, a spare has so long to rehearse: nobody can see when it is ready.
    private static final Duration REHEARSAL = Duration.ofMillis(600);

    @Param({"plain", "cached", "warm"})
    public String method = "";

    private @Nullable ExecutorService python;
    private List<Long> spares = List.of();
    private long started;

    @Override
    protected Batch tasks() {
      return Batch.of(1, new PythonWork("start-and-join", List.of(), 1));
    }

    @Setup(Level.Trial)
    public void prepare() throws InterruptedException {
      if (mode().isPython()) {
        python = mode().open(1, new WarmUp(new Squares(1, 1), 0));
      } else if (needsSpares(mode(), method)) {
        // Trains the cache that spares start from, and is the first to ask for a spare.
        startProcess(StartMethod.CACHED);
        startProcess(StartMethod.WARM);
      }
    }

    /// Spares come half a second after the last was taken.
    @Setup(Level.Invocation)
    public void awaitSpare() throws InterruptedException {
      if (needsSpares(mode(), method)) {
        long deadline = System.nanoTime() + SPARES_DEADLINE.toNanos();
        do {
          if (System.nanoTime() > deadline) {
            throw new IllegalStateException("there is no spare after " + SPARES_DEADLINE);
          }
          Thread.sleep(10);
          spares = children();
        } while (spares.isEmpty());
        Thread.sleep(REHEARSAL);
      }
    }

    private static List<Long> children() {
      return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    /// Fails if the process that was started was none of the spares.
    @TearDown(Level.Invocation)
    public void checkSpare() {
      if (needsSpares(mode(), method) && !spares.contains(started)) {
        throw new IllegalStateException("process " + started + " was no spare: " + spares);
      }
    }

    final long run() throws InterruptedException, ExecutionException {
      switch (mode()) {
        case THREAD_POOL -> Thread.ofPlatform().start(() -> {}).join();
        case VIRTUAL_THREADS -> Thread.ofVirtual().start(() -> {}).join();
        case PROCESS_POOL -> started = startProcess(startMethod(method));
        case PYTHON_THREADS, PYTHON_PROCESSES -> batch().run(requireNonNull(python));
        case SINGLE_THREAD, FORK_JOIN_POOL, PYTHON_SERIAL ->
            throw new IllegalArgumentException("nothing is started in mode " + mode);
      }
      return keep(1);
    }

    private static long startProcess(StartMethod method) throws InterruptedException {
      var options =
          ChildOptions.defaults()
              .withStartMethod(method)
              .withJvmArguments(FairJvm.workerArguments(1));
      try (var child = ChildProcess.start(options, () -> {})) {
        child.join();
        return child.pid();
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
