package dev.multijvm.benchmarks.mode;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.WorkerInfo.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// A way to run tasks. What differs between the ways lives here, so that a benchmark is written
/// once.
public enum ExecutionMode {

  /// One after the other, in the thread that asks.
  SINGLE_THREAD {
    @Override
    public Opener opener(int workers) {
      return CallerExecutor::new;
    }
  },

  /// A fixed pool of platform threads.
  THREAD_POOL {
    @Override
    public Opener opener(int workers) {
      return () -> Executors.newFixedThreadPool(workers);
    }
  },

  /// A fork-join pool of its own; the common pool has one thread fewer than CPUs and helps its
  /// callers.
  FORK_JOIN_POOL {
    @Override
    public Opener opener(int workers) {
      return () -> new ForkJoinPool(workers);
    }
  },

  /// A virtual thread for each task: unbounded, so that all tasks that wait do so at once.
  VIRTUAL_THREADS {
    @Override
    public Opener opener(int workers) {
      return Executors::newVirtualThreadPerTaskExecutor;
    }
  },

  /// A pool of JVMs, started as plain as can be.
  PROCESS_POOL {
    @Override
    public Opener opener(int workers) {
      var options = options(workers);
      return () -> ProcessPool.open(options);
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
  },

  /// One after the other, in a Python interpreter.
  PYTHON_SERIAL {
    @Override
    public Opener opener(int workers) {
      return new PythonOpener("serial", workers);
    }
  },

  /// Python's pool of threads, of which one runs at a time.
  PYTHON_THREADS {
    @Override
    public Opener opener(int workers) {
      return new PythonOpener("threads", workers);
    }
  },

  /// Python's pool of processes, started as its platform has it.
  PYTHON_PROCESSES {
    @Override
    public Opener opener(int workers) {
      return new PythonOpener("processes", workers);
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

  /// Returns what opens a cold pool: nothing was run in it or in its processes. What a program
  /// would know beforehand is decided here, so that calling the opener is nothing but opening.
  ///
  /// @param workers the most tasks that run at once, where the mode has a bound
  public abstract Opener opener(int workers);

  /// Opens what runs the tasks after `warmUp` has run once in every JVM that will run them. In
  /// Python there is none, and nothing that compiles.
  public ExecutorService open(int workers, WarmUp warmUp) {
    if (!isPython()) {
      warmUp.run();
    }
    return opener(workers).openOnly();
  }

  /// Returns whether tasks run in Python instead of Java.
  public boolean isPython() {
    return switch (this) {
      case PYTHON_SERIAL, PYTHON_THREADS, PYTHON_PROCESSES -> true;
      case SINGLE_THREAD, THREAD_POOL, FORK_JOIN_POOL, VIRTUAL_THREADS, PROCESS_POOL -> false;
    };
  }

  /// Returns why nothing that needs this module of Python can run in this mode on this machine;
  /// empty if it can. In Java nothing is missing.
  public Optional<String> missing(String module) {
    return isPython() ? PythonInterpreter.missing(module) : Optional.empty();
  }

  /// Returns how many JVMs work with `workers` workers, the fork included.
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
  ///
  /// @throws IllegalStateException if that failed, with the reason, or took longer than a minute
  private static void awaitIdle(ProcessPool pool, int workers) {
    try {
      long deadline = System.nanoTime() + START_DEADLINE.toNanos();
      while (idleWorkers(pool) < workers) {
        if (pool.workers().isEmpty()) {
          pool.submit(new Nothing()).get(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        if (System.nanoTime() > deadline) {
          throw new TimeoutException("of " + workers + " workers: " + pool.workers());
        }
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      pool.kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all workers were ready", e);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      pool.kill();
      throw new IllegalStateException("not all workers got ready", e);
    }
  }

  private static long idleWorkers(ProcessPool pool) {
    return pool.workers().stream().filter(worker -> worker.state() == State.IDLE).count();
  }

  /// A task that a pool refuses, with the reason, when it broke because an initializer failed.
  private record Nothing() implements SerializableRunnable {

    @Override
    public void run() {}
  }
}
