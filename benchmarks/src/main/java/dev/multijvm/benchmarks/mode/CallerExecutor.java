package dev.multijvm.benchmarks.mode;

/// Runs every task in the thread that hands it over: what the other modes are compared with.
final class CallerExecutor extends SynchronousExecutor {

  @Override
  public void execute(Runnable task) {
    task.run();
  }
}
