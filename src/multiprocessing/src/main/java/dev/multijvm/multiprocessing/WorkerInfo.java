package dev.multijvm.multiprocessing;

/// One worker of a pool, as it was when asked.
///
/// @param number counts the workers that the pool ever started, from 1
/// @param pid its process id
/// @param state what it does
/// @param completedTasks how many tasks it has finished
public record WorkerInfo(int number, long pid, State state, long completedTasks) {
  /// What a worker does.
  public enum State {
    /// Its JVM starts, or its initializer runs.
    STARTING,
    /// Ready and without a task.
    IDLE,
    /// It has at least one task.
    BUSY,
    /// It gets no more tasks and will end.
    ENDING
  }
}
