package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.dispatch.Submission;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The result of a task that runs in a worker process. It completes exactly once.
///
/// What it adds to [CompletableFuture]: `cancel(true)` really interrupts the task, and if the task
/// does not end within the pool's grace, its worker is replaced; stages that depend on it run on
/// the pool's callback executor, never on a thread that the pool needs. (Only what depends on a
/// future of another kind that is made of this one in the very instant of its completion, by
/// `allOf`, `copy` or another future's `thenCompose`, may run there: the JDK has no way to know.)
///
/// Only `cancel` and [TaskOptions] end a task. `orTimeout`, `complete` and `completeExceptionally`
/// complete this future: a task that still waits is dropped, one that runs goes on and keeps its
/// worker. `cancel(true)` completes it at once, before the task has ended.
///
/// [#get()] throws as cause of its [java.util.concurrent.ExecutionException]: the task's own
/// exception with its remote stack trace; [RemoteException] where that cannot travel;
/// [WorkerLostException] if the worker died; [java.util.concurrent.TimeoutException] after a hard
/// timeout; [MultiprocessingException] if the result cannot be serialized, or if the pool broke
/// before the task could start. It throws [java.util.concurrent.CancellationException] if the task
/// was cancelled or its pool terminated; one that the task itself threw is a cause like any other.
///
/// Waiting for a short task first looks for the result for some 50 microseconds, then sleeps;
/// virtual threads park. What the task did happens before the return, for what is copied with its
/// result.
///
/// @param <T> the type of the result
public abstract sealed class ProcessFuture<T extends @Nullable Object> extends CompletableFuture<T>
    permits Submission {

  /// For the library.
  protected ProcessFuture() {}

  /// The process id of the worker to which the task was last sent; empty while it waits in the
  /// pool.
  public abstract OptionalLong workerPid();

  /// Cancels the task. One that waits will never start; one that runs is interrupted if
  /// `mayInterruptIfRunning`, else its result is dropped.
  ///
  /// @return whether this future is now cancelled
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return super.cancel(mayInterruptIfRunning);
  }
}
