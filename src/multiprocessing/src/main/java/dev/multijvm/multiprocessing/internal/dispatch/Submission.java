package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.ProcessFuture;
import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/// The future of one submitted task. Run by [#run()] it does its work in the caller's thread, which
/// is of use for what `shutdownNow` gave back.
///
/// @param <T> the type of the result
public final class Submission<T extends @Nullable Object> extends ProcessFuture<T>
    implements RunnableFuture<T>, TaskOwner {
  /// What is sent, and what becomes of the worker's answer.
  private sealed interface Work<T extends @Nullable Object> {
    /// The answer is the result.
    record Call<T extends @Nullable Object>(Callable<T> callable) implements Work<T> {}

    /// The result was given in advance.
    record Run<T extends @Nullable Object>(Runnable runnable, T result) implements Work<T> {}

    /// Nobody asks; exceptions go to the uncaught exception handler.
    record Execute<T extends @Nullable Object>(Runnable runnable, T result) implements Work<T> {}
  }

  private final Dispatcher dispatcher;
  private final Work<T> work;
  private final Task task;

  private Submission(Dispatcher dispatcher, Work<T> work, TaskOptions options) {
    this.dispatcher = dispatcher;
    this.work = work;
    this.task = new Task(this, TaskEncoder.encodeCall(sent(work)), null, options);
    dispatcher.submit(task);
  }

  private static Object sent(Work<?> work) {
    return switch (work) {
      case Work.Call(var callable) -> callable;
      case Work.Run(var runnable, var _) -> runnable;
      case Work.Execute(var runnable, var _) -> runnable;
    };
  }

  public static <T extends @Nullable Object> Submission<T> of(
      Dispatcher dispatcher, Callable<T> callable, TaskOptions options) {
    return new Submission<>(dispatcher, new Work.Call<>(callable), options);
  }

  public static <T extends @Nullable Object> Submission<T> of(
      Dispatcher dispatcher, Runnable runnable, T result, TaskOptions options) {
    return new Submission<>(dispatcher, new Work.Run<>(runnable, result), options);
  }

  public static void execute(Dispatcher dispatcher, Runnable runnable) {
    new Submission<@Nullable Void>(
        dispatcher, new Work.Execute<>(runnable, null), TaskOptions.defaults());
  }

  /// What `shutdownNow` gives back: what was given to `execute`, else this future.
  Runnable asRunnable() {
    return work instanceof Work.Execute(var runnable, var _) ? runnable : this;
  }

  @Override
  public void run() {
    if (isDone()) {
      return;
    }
    try {
      switch (work) {
        case Work.Call(var callable) -> complete(callable.call());
        case Work.Run(var runnable, var result) -> {
          runnable.run();
          complete(result);
        }
        case Work.Execute(var runnable, var result) -> {
          runnable.run();
          complete(result);
        }
      }
    } catch (Throwable thrown) {
      completeExceptionally(thrown);
    }
  }

  @Override
  public boolean isWanted() {
    return !isDone();
  }

  @Override
  public void returned(Task task, long runNanos, Decoder value) {
    T result;
    try {
      result = result(value);
    } catch (Throwable problem) {
      threw(task, problem);
      return;
    }
    finish(() -> complete(result));
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the worker ran a Callable<T>, null only if T has it
  private T result(Decoder value) throws Exception {
    return switch (work) {
      case Work.Call(var _) -> (T) dispatcher.reader().read(value);
      case Work.Run(var _, var given) -> given;
      case Work.Execute(var _, var given) -> given;
    };
  }

  @Override
  public void threw(Task task, Throwable problem) {
    finish(() -> completeExceptionally(problem));
    if (work instanceof Work.Execute) {
      dispatcher.callbackExecutor().execute(() -> uncaught(problem));
    }
  }

  private static void uncaught(Throwable problem) {
    var thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, problem);
  }

  /// Completes here if nothing depends on it, else where dependents may run.
  private void finish(Runnable completion) {
    if (getNumberOfDependents() > 0) {
      dispatcher.callbackExecutor().execute(completion);
    } else {
      completion.run();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      dispatcher.cancel(task, mayInterruptIfRunning);
    }
    return cancelled;
  }

  @Override
  public OptionalLong workerPid() {
    return dispatcher.pidOf(task);
  }

  @Override
  public Executor defaultExecutor() {
    return dispatcher.callbackExecutor();
  }
}
