package dev.multijvm.benchmarks.mode;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// An executor whose tasks have ended when the call that hands them over returns. So none waits and
/// none runs when it is shut down: it is terminated at once.
abstract class SynchronousExecutor extends AbstractExecutorService {

  private volatile boolean shutdown;

  /// What is to do when it is shut down, once.
  protected void release() {}

  @Override
  public final void shutdown() {
    if (!shutdown) {
      shutdown = true;
      release();
    }
  }

  @Override
  public final List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public final boolean isShutdown() {
    return shutdown;
  }

  @Override
  public final boolean isTerminated() {
    return shutdown;
  }

  @Override
  public final boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }
}
