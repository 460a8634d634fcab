package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/// Tasks that run at the same time and share something: what the JDK has for threads, what the
/// library has for processes.
public abstract class Exchange extends WarmOperation {

  private final Deque<AutoCloseable> kept = new ArrayDeque<>();

  @Override
  protected final Batch tasks() {
    try {
      return mode() == ExecutionMode.PROCESS_POOL ? acrossProcesses() : acrossThreads();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the tasks with what the JDK has.
  protected abstract Batch acrossThreads() throws IOException;

  /// Makes the tasks with what the library has.
  protected abstract Batch acrossProcesses() throws IOException;

  /// Closes `thing` when the operation is over.
  protected final <T extends AutoCloseable> T kept(T thing) {
    kept.push(thing);
    return thing;
  }

  @Override
  protected final void release() throws Exception {
    while (!kept.isEmpty()) {
      kept.pop().close();
    }
  }

  @Override
  protected int workers() {
    return batch().tasks().size();
  }

  /// Nothing: the tasks cannot run alone.
  @Override
  protected WarmUp warmUp() {
    return new WarmUp(batch().tasks().getFirst(), 0);
  }

  @Override
  protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
    batch().run(pool);
  }
}
