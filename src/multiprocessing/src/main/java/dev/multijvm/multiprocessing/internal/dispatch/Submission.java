package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.ProcessFuture;
import dev.multijvm.multiprocessing.TaskOptions;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The future of one submitted task. Run by [#run()] it does its work in the caller's thread, which
/// is of use for what `shutdownNow` gave back.
///
/// @param <T> the type of the result
public final class Submission<T extends @Nullable Object> extends ProcessFuture<T>
    implements RunnableFuture<T> {
  /// What is sent, and what becomes of the worker's answer.
  private sealed interface Work<T extends @Nullable Object> {
    /// The answer is the result.
    record Call<T extends @Nullable Object>(Callable<T> callable) implements Work<T> {}

    /// The result was given in advance.
    record Run<T extends @Nullable Object>(Runnable runnable, T result) implements Work<T> {}

    /// Nobody asks; exceptions go to the uncaught exception handler.
    record Execute<T extends @Nullable Object>(Runnable runnable, T result) implements Work<T> {}
  }

  private static final VarHandle WAITER = waiter();

  /// A waiter looks again after this long, should it not have been told.
  private static final long LOOK_AGAIN_NANOS = 100_000_000;

  private final Dispatcher dispatcher;

  /// Null once this is done, or soon after: what was sent is not kept with its result.
  private @Nullable Work<T> work;

  private final Task task;

  /// The thread that was first to wait in [#get()]. Others, and all in [#join()], wait as in any
  /// `CompletableFuture`, where who waits is a dependent: and what has dependents is completed by a
  /// thread of its own, which is one wake-up more.
  private volatile @Nullable Thread waiter;

  private static VarHandle waiter() {
    try {
      return MethodHandles.lookup().findVarHandle(Submission.class, "waiter", Thread.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private Submission(Dispatcher dispatcher, Work<T> work, TaskOptions options) {
    this.dispatcher = dispatcher;
    this.work = work;
    var sent = Objects.requireNonNull(sent(work), "task");
    this.task = new Errand(dispatcher.encoder().call(sent), options);
  }

  private static <T extends @Nullable Object> Submission<T> submitted(
      Dispatcher dispatcher, Work<T> work, TaskOptions options) {
    var submission = new Submission<>(dispatcher, work, options);
    dispatcher.submit(submission.task);
    return submission;
  }

  private static Object sent(Work<?> work) {
    return switch (work) {
      case Work.Call(var callable) -> callable;
      case Work.Run(var runnable, var _) -> runnable;
      case Work.Execute(var runnable, var _) -> runnable;
    };
  }

  /// A call that nobody has submitted yet.
  static <T extends @Nullable Object> Submission<T> unsent(
      Dispatcher dispatcher, Callable<T> callable) {
    return new Submission<>(dispatcher, new Work.Call<>(callable), TaskOptions.defaults());
  }

  /// Submits it if there is room within `timeoutNanos`.
  ///
  /// @return whether there was
  boolean send(long timeoutNanos) throws InterruptedException {
    return dispatcher.submit(task, timeoutNanos);
  }

  public static <T extends @Nullable Object> Submission<T> of(
      Dispatcher dispatcher, Callable<T> callable, TaskOptions options) {
    return submitted(dispatcher, new Work.Call<>(callable), options);
  }

  public static <T extends @Nullable Object> Submission<T> of(
      Dispatcher dispatcher, Runnable runnable, T result, TaskOptions options) {
    return submitted(dispatcher, new Work.Run<>(runnable, result), options);
  }

  public static void execute(Dispatcher dispatcher, Runnable runnable) {
    Work<@Nullable Void> work = new Work.Execute<>(runnable, null);
    var _ = submitted(dispatcher, work, TaskOptions.defaults());
  }

  /// The task as the dispatcher sees it.
  private final class Errand extends Task {
    Errand(TaskEncoder.Encoded encoded, TaskOptions options) {
      super(encoded, options);
    }

    @Override
    boolean belongsTo(Object whole) {
      return Submission.this.equals(whole);
    }

    @Override
    boolean isWanted() {
      return !isDone();
    }

    @Override
    void returned(long runNanos, Decoder value) {
      var answered = work;
      if (answered == null) {
        return; // its owner has completed it
      }
      T result;
      try {
        result = result(answered, value);
      } catch (Throwable problem) {
        threw(problem);
        return;
      }
      if (hasDependents()) {
        completeElsewhere(() -> finish(result));
      } else {
        finish(result);
      }
    }

    @Override
    void failed(Throwable problem) {
      fail(problem, problem);
    }

    @Override
    void threw(Throwable thrown) {
      fail(asFailure(thrown), thrown);
    }

    private void fail(Throwable outcome, Throwable problem) {
      // Who ends a pool need not be told that its tasks were cancelled.
      boolean isReported =
          work instanceof Work.Execute && !(outcome instanceof CancellationException);
      if (hasDependents()) {
        completeElsewhere(() -> finishExceptionally(outcome));
      } else {
        finishExceptionally(outcome);
      }
      if (isReported) {
        dispatcher.callBack(() -> uncaught(problem));
      }
    }

    @Override
    Runnable asRunnable() {
      return work instanceof Work.Execute(var runnable, var _) ? runnable : Submission.this;
    }
  }

  /// Whether it must be completed elsewhere: `CompletableFuture.allOf` and the like run what
  /// depends on them, in turn, on the thread that completes.
  private boolean hasDependents() {
    return getNumberOfDependents() > 0;
  }

  /// Has a thread of its own complete this, for which the end of the pool waits. Not the callback
  /// executor: its threads may be waiting for this very future.
  private void completeElsewhere(Runnable completion) {
    var hasEnded = new AtomicBoolean();
    Runnable end =
        () -> {
          if (!hasEnded.getAndSet(true)) {
            dispatcher.endCompletion();
          }
        };
    Runnable completing =
        () -> {
          try {
            // What was added last is done first. The end of the pool does not wait for the others,
            // which may be code of the user that waits for that end.
            var _ = super.whenComplete((_, _) -> end.run());
          } finally {
            completeAndEnd(completion, end);
          }
        };
    dispatcher.beginCompletion();
    try {
      Thread.startVirtualThread(completing);
    } catch (Throwable _) {
      completing.run(); // for want of memory or threads
    }
  }

  private static void completeAndEnd(Runnable completion, Runnable end) {
    try {
      completion.run();
    } finally {
      end.run();
    }
  }

  /// Of two kinds of exceptions a `CompletableFuture` makes something else, a cancellation and what
  /// they were caused by, unless they are wrapped in one of the second kind.
  private static Throwable asFailure(Throwable thrown) {
    return thrown instanceof CancellationException || thrown instanceof CompletionException
        ? new CompletionException(thrown)
        : thrown;
  }

  private static void uncaught(Throwable problem) {
    var thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, problem);
    } catch (RuntimeException | Error _) {
      // The JVM takes no notice of what a handler throws either.
    }
  }

  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // the worker ran a Callable<T>, null only if T has it
  private T result(Work<T> work, Decoder value) throws Exception {
    return switch (work) {
      case Work.Call(var _) -> (T) dispatcher.reader().read(value);
      case Work.Run(var _, var given) -> given;
      case Work.Execute(var _, var given) -> given;
    };
  }

  @Override
  public void run() {
    var mine = work;
    if (mine == null || isDone()) {
      return;
    }
    try {
      switch (mine) {
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
  public T get() throws InterruptedException, ExecutionException {
    lookForResult();
    awaitAsFirst(Long.MAX_VALUE);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    long nanos = Math.max(0, unit.toNanos(timeout));
    lookForResult();
    awaitAsFirst(nanos);
    return super.get(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
  }

  /// Has `thread` woken once this is done. For who has not shown this future to anybody, so that
  /// nobody else waits.
  void wakes(Thread thread) {
    waiter = thread;
  }

  /// Waits, unless somebody does so already.
  private void awaitAsFirst(long nanos) throws InterruptedException {
    var me = Thread.currentThread();
    if (isDone() || me instanceof ForkJoinWorkerThread || !WAITER.compareAndSet(this, null, me)) {
      return;
    }
    try {
      long start = System.nanoTime();
      long left = nanos;
      while (!isDone() && left > 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.parkNanos(this, Math.min(left, LOOK_AGAIN_NANOS));
        left = nanos - (System.nanoTime() - start);
      }
    } finally {
      waiter = null;
    }
  }

  /// Completes this with what the task gave.
  private void finish(T result) {
    super.complete(result);
    LockSupport.unpark(waiter);
    forget();
  }

  /// Completes this with what became of the task.
  private void finishExceptionally(Throwable problem) {
    super.completeExceptionally(problem);
    LockSupport.unpark(waiter);
    forget();
  }

  private void forget() {
    work = null;
    task.empty();
  }

  @Override
  public boolean complete(T value) {
    boolean isFirst = super.complete(value);
    if (isFirst) {
      drop(false);
    }
    return isFirst;
  }

  @Override
  public boolean completeExceptionally(Throwable problem) {
    boolean isFirst = super.completeExceptionally(problem);
    if (isFirst) {
      drop(false);
    }
    return isFirst;
  }

  /// Nobody wants the task any more.
  private void drop(boolean mayInterrupt) {
    LockSupport.unpark(waiter);
    work = null;
    dispatcher.cancel(task, mayInterrupt);
  }

  @Override
  public T join() {
    lookForResult();
    return super.join();
  }

  private void lookForResult() {
    if (!isDone()) {
      dispatcher.lookFor(this, task);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    if (cancelled) {
      drop(mayInterruptIfRunning);
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

  // Stages run on the callback executor whenever they are added. If they ran on the thread that
  // completes, one that was added at that very moment would run on a thread that reads results.

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApply(
      Function<? super T, ? extends U> function) {
    return thenApplyAsync(function);
  }

  @Override
  public CompletableFuture<Void> thenAccept(Consumer<? super T> action) {
    return thenAcceptAsync(action);
  }

  @Override
  public CompletableFuture<Void> thenRun(Runnable action) {
    return thenRunAsync(action);
  }

  @Override
  public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> function) {
    return thenCombineAsync(other, function);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return thenAcceptBothAsync(other, action);
  }

  @Override
  public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    return runAfterBothAsync(other, action);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> function) {
    return applyToEitherAsync(other, function);
  }

  @Override
  public CompletableFuture<Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return acceptEitherAsync(other, action);
  }

  @Override
  public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
    return runAfterEitherAsync(other, action);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> function) {
    return thenComposeAsync(function);
  }

  @Override
  public CompletableFuture<T> whenComplete(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    return whenCompleteAsync(action);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handle(
      BiFunction<? super T, Throwable, ? extends U> function) {
    return handleAsync(function);
  }

  @Override
  public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> function) {
    return exceptionallyAsync(function);
  }

  @Override
  public CompletableFuture<T> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<T>> function) {
    return exceptionallyComposeAsync(function);
  }
}
