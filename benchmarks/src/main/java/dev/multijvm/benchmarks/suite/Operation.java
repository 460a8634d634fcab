package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.workload.Batch;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// One operation of a suite: a batch, and the mode and workers that run it. Its answer is checked
/// after each iteration, outside the clock.
@State(Scope.Benchmark)
public abstract class Operation {

  @Param({"single-thread", "thread-pool", "fork-join-pool", "virtual-threads", "process-pool"})
  public String mode = "";

  private @Nullable Batch batch;
  private long seen;
  private boolean ran;

  /// Makes the tasks of one operation.
  protected abstract Batch tasks();

  /// Returns the size of the pool.
  protected int workers() {
    return Workers.computing();
  }

  protected final ExecutionMode mode() {
    return ExecutionMode.of(mode);
  }

  /// Returns the tasks, made at the first call: outside the clock, unless all is to be inside.
  protected final Batch batch() {
    if (batch == null) {
      batch = tasks();
    }
    return batch;
  }

  /// Keeps the answer for [#check()] and returns it.
  protected final long keep(long answer) {
    seen = answer;
    ran = true;
    return answer;
  }

  /// Fails the benchmark if the last operation of the iteration did not compute what it must.
  @TearDown(Level.Iteration)
  public void check() {
    if (!ran) {
      throw new IllegalStateException("the iteration ended without an operation");
    }
    verify(seen);
    ran = false;
  }

  /// Compares what the last operation returned, and what it did, with what is known.
  protected void verify(long answer) {
    batch().check(answer);
  }
}
