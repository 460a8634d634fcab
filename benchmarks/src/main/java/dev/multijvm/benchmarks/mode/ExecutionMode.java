package dev.multijvm.benchmarks.mode;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.WorkerInfo.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A way to run tasks. What differs between the ways lives here, so that a benchmark is written
/// once.
public enum ExecutionMode {

  /// One after the other, in the thread that asks.
  SINGLE_THREAD {
    @Override
    public ExecutorService open(int workers) {
      return new CallerExecutor();
    }
  },

  /// A fixed pool of platform threads.
  THREAD_POOL {
    @Override
    public ExecutorService open(int workers) {
      return Executors.newFixedThreadPool(workers);
    }
  },

  /// A fork-join pool of its own; the common pool has one thread fewer than CPUs and helps its
  /// callers.
  FORK_JOIN_POOL {
    @Override
    public ExecutorService open(int workers) {
      return new ForkJoinPool(workers);
    }
  },

  /// A virtual thread for each task: unbounded, so that all tasks that wait do so at once.
  VIRTUAL_THREADS {
    @Override
    public ExecutorService open(int workers) {
      return Executors.newVirtualThreadPerTaskExecutor();
    }
  },

  /// A pool of JVMs, started as plain as can be.
  PROCESS_POOL {
    @Override
    public ExecutorService open(int workers) {
      return ProcessPool.open(options(workers));
    }

    @Override
    public ExecutorService open(int workers, WarmUp warmUp) {
      var pool = ProcessPool.open(options(workers).withInitializer(warmUp));
      awaitIdle(pool, workers);
      return pool;
    }

    @Override
    public int processes(int workers) {
      return workers + 1;
    }
  };

  private static final Duration START_DEADLINE = Duration.ofMinutes(1);

  /// Returns the mode with this [#id()].
  ///
  /// @throws IllegalArgumentException if there is none; the message names those there are
  public static ExecutionMode of(String id) {
    return Arrays.stream(values())
        .filter(mode -> mode.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "mode must be one of "
                    + Arrays.stream(values())
                        .map(ExecutionMode::id)
                        .collect(Collectors.joining(", "))
                    + ": "
                    + id));
  }

  /// Returns the name in parameters, files and reports, for example `thread-pool`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Opens what runs the tasks, cold: nothing was run in it or in its processes.
  ///
  /// @param workers the most tasks that run at once, where the mode has a bound
  public abstract ExecutorService open(int workers);

  /// Opens what runs the tasks after `warmUp` has run once in every JVM that will run them.
  public ExecutorService open(int workers, WarmUp warmUp) {
    warmUp.run();
    return open(workers);
  }

  /// Returns how many processes work with `workers` workers, the fork included.
  public int processes(int workers) {
    return 1;
  }

  private static PoolOptions options(int workers) {
    return PoolOptions.defaults()
        .withWorkers(workers)
        .withStartMethod(StartMethod.PLAIN)
        .withJvmArguments(FairJvm.workerArguments(workers));
  }

  /// Waits until every worker has run its initializer.
  private static void awaitIdle(ProcessPool pool, int workers) {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (idleWorkers(pool) < workers) {
      if (System.nanoTime() > deadline) {
        var seen = pool.workers();
        pool.kill();
        throw new IllegalStateException(
            "not all " + workers + " workers were ready after " + START_DEADLINE + ": " + seen);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long idleWorkers(ProcessPool pool) {
    return pool.workers().stream().filter(worker -> worker.state() == State.IDLE).count();
  }
}
