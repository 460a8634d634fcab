package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One unit of work on its way: encoded when it was submitted, sent to one worker after another
/// until one starts it. Of [#returned], [#threw] and [#failed] one is called, once, by a thread of
/// the library that does not hold the pool's lock; none if it was cancelled before.
abstract class Task {
  private static final byte[] NOTHING = {};

  /// As a worker reads it; empty once it will not be sent again.
  byte[] body;

  /// What a worker must know to read the body.
  List<Definition> needs;

  final TaskOptions options;

  /// When it was encoded, by [System#nanoTime]; 0 if it is not among those that are timed.
  final long encodedAt;

  // Written with the pool's lock.

  long startsLeft;

  /// The worker that has it or had it last; null while it waits. Others than the dispatcher take it
  /// as a hint.
  volatile @Nullable Worker worker;

  /// Its number among the tasks of that worker.
  long sequence;

  /// Where it lies in that worker's ring.
  long position;

  boolean timedOut;

  Task(TaskEncoder.Encoded encoded, TaskOptions options) {
    this.body = encoded.body();
    this.needs = encoded.needs();
    this.encodedAt = encoded.at();
    this.options = options;
    this.startsLeft = 1L + options.retries();
  }

  final boolean isTimed() {
    return encodedAt != 0;
  }

  final boolean hasTimeout() {
    return options.softTimeout() != null || options.hardTimeout() != null;
  }

  /// Gives up what would be sent. To be called when it has its result, or with the pool's lock when
  /// nobody wants it any more.
  final void empty() {
    body = NOTHING;
    needs = List.of();
  }

  /// Whether it is a part of `whole`.
  abstract boolean belongsTo(Object whole);

  /// Whether the result is still of interest; a task that nobody wants is not started.
  abstract boolean isWanted();

  /// It returned.
  ///
  /// @param value the encoded value or values; valid during the call only
  abstract void returned(long runNanos, Decoder value);

  /// It failed with `problem`: did not end by itself, or never started.
  abstract void failed(Throwable problem);

  /// It threw, or what it returned cannot be read here.
  void threw(Throwable thrown) {
    failed(thrown);
  }

  /// What `shutdownNow` gives back if it never started; null if it means nothing by itself, then it
  /// fails.
  abstract @Nullable Runnable asRunnable();
}
