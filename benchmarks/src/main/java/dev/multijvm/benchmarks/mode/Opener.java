package dev.multijvm.benchmarks.mode;

import java.util.concurrent.ExecutorService;

/// What opens pools of a mode, one at a time. What a program would have at hand anyway is there
/// before the first.
public interface Opener extends AutoCloseable {

  /// Opens a cold pool.
  ExecutorService open();

  /// Opens a pool that closes this opener with itself.
  default ExecutorService openOnly() {
    return open();
  }

  /// Gives up what was at hand. Pools that were opened are closed before.
  @Override
  default void close() {}
}
