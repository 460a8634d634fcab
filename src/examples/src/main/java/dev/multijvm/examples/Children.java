package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SerializableRunnable;
import java.util.ArrayList;
import java.util.List;

/// Children that are started one by one and waited for together; the block waits for those that
/// run, also when it ends early.
final class Children implements AutoCloseable {
  private final List<ChildProcess> started = new ArrayList<>();

  void start(SerializableRunnable task) {
    started.add(ChildProcess.start(task));
  }

  int count() {
    return started.size();
  }

  /// Waits for all.
  ///
  /// @throws dev.multijvm.multiprocessing.ChildFailedException if one of them failed
  void join() throws InterruptedException {
    for (var child : started) {
      child.join();
    }
    for (var child : started) {
      child.failure().ifPresent(Children::rethrow);
    }
  }

  private static void rethrow(RuntimeException failure) {
    throw failure;
  }

  /// Waits for all; if the caller is interrupted, they are killed.
  @Override
  public void close() {
    started.forEach(ChildProcess::close);
  }
}
