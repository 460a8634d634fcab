package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.TaskOptions;
import org.jspecify.annotations.Nullable;

/// One unit of work on its way: encoded when it was submitted, sent to one worker after another
/// until one starts it.
final class Task {
  final TaskOwner owner;

  /// As a worker reads it, from its kind on.
  final byte[] body;

  /// The function that the body refers to; null if it has its own.
  final @Nullable SharedFunction function;

  final TaskOptions options;

  // Guarded by the dispatcher's lock.
  int startsLeft;
  @Nullable Worker worker;
  long sequence;
  boolean timedOut;

  Task(TaskOwner owner, byte[] body, @Nullable SharedFunction function, TaskOptions options) {
    this.owner = owner;
    this.body = body;
    this.function = function;
    this.options = options;
    this.startsLeft = 1 + options.retries();
  }

  boolean hasTimeout() {
    return options.softTimeout() != null || options.hardTimeout() != null;
  }
}
