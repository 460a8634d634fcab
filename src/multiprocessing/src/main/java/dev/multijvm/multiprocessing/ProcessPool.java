package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.dispatch.Dispatcher;
import dev.multijvm.multiprocessing.internal.dispatch.Invocations;
import dev.multijvm.multiprocessing.internal.dispatch.MapCall;
import dev.multijvm.multiprocessing.internal.dispatch.MapStream;
import dev.multijvm.multiprocessing.internal.dispatch.Pool;
import dev.multijvm.multiprocessing.internal.dispatch.Submission;
import dev.multijvm.multiprocessing.internal.dispatch.WorkerStarter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An [ExecutorService] whose workers are processes: child JVMs with this JVM's class path, each
/// with its own heap, collector and statics.
///
/// ```java
/// try (var pool = ProcessPool.open()) {
///   ProcessFuture<Long> sum = pool.submit(() -> LongStream.range(0, 1_000_000_000).sum());
///   List<Integer> squares = pool.map(n -> n * n, List.of(1, 2, 3));
///   System.out.println(sum.get() + " " + squares);
/// }
/// ```
///
/// ## What is promised
///
/// - A task goes to an idle worker if there is one; as many long tasks as there are workers always
///   run at the same time.
/// - Each future completes exactly once, but for those of tasks that [#shutdownNow()] gives back. A
///   task starts at most once, unless its [TaskOptions] allow retries.
/// - A worker that dies takes with it the one task that it had started, which fails with
///   [WorkerLostException]; all others run, and the worker is replaced. To [#map] the lost chunk is
///   a task that failed, so the whole call fails: where workers may die, submit with retries.
/// - Workers end within a second of this JVM's end, however that comes about: a pool does not keep
///   its JVM alive, and tasks that have not run when `main` returns never do. Close it, best by
///   try-with-resources.
/// - After [#close()] no worker and no file of this pool is left, and its last threads end. Spares
///   and the making of a cache ([StartMethod]) are not the pool's.
///
/// ## An ExecutorService across a boundary
///
/// - Tasks, what they capture, and results are copied: as of the call to `submit`, and again in the
///   worker. They must be serializable; what is not is refused by [TaskNotSerializableException] at
///   the call.
/// - A lambda is serializable only if its type is. `pool.submit(() -> 42)` picks
///   [SerializableCallable] by itself, but a lambda that was already assigned to a plain `Callable`
///   cannot travel. Declare it as [SerializableCallable], or use a record that implements
///   `Callable` and `Serializable`.
/// - A lambda that reads a field or calls a method of its object captures `this`, all of it. Copy
///   what it needs into a local variable, which it captures alone.
/// - The JDK's own wrappers, such as `FutureTask`, `ExecutorCompletionService` and
///   `CompletableFuture.supplyAsync(supplier, pool)`, hand a plain `Runnable` to the pool and are
///   refused for the same reason. [ProcessFuture] is a `CompletableFuture` already.
/// - Workers find classes where this JVM's class path or module path has them: not those of jshell,
///   of `java Main.java`, of jars within jars, or of class loaders made by the program.
/// - Statics live once per worker: what a task writes there is seen by later tasks of the same
///   worker, and by nobody else. A class whose lambdas are tasks is initialized in each worker: a
///   pool that it opens in a static field is opened there too, as a pool in a task. Open such a
///   pool elsewhere, or when it is first used.
/// - What tasks print to `System.out` and `System.err` appears, line by line and tagged with the
///   worker, on this JVM's streams; it may come a little later than the task's result, but before
///   [#close()] returns. `System.in` is empty in a worker.
///
/// ## Pools in tasks
///
/// A task may open pools of its own. A pool and those that its tasks open share one count of
/// workers, four for each worker of the outermost pool or each processor of the machine, whichever
/// are more; the system property `multijvm.nestedWorkers` names another. What a pool leaves of it
/// is divided among its workers: the pools that are open at the same time in one of them may
/// together have that many, and [#open(PoolOptions)] refuses more.
///
/// ## Waiting and memory
///
/// Submitting encodes the task in the caller's thread and does not wait for a worker, only for room
/// if the pool's [queue is bounded][PoolOptions#withQueueCapacity]; an interrupt ends that wait
/// with a [java.util.concurrent.RejectedExecutionException] and stays set. Once a pool is shut
/// down, was terminated or is broken, whatever submits is rejected likewise, those that wait for
/// room too.
///
/// Actions before a submission happen before the task, and what a task did happens before `get()`
/// returns, for what is copied with them. All methods may be called from any thread, virtual
/// threads included.
public final class ProcessPool implements ExecutorService {
  private final Pool pool;
  private final Dispatcher dispatcher;

  private ProcessPool(PoolOptions options) {
    pool = new Pool(options);
    dispatcher = pool.dispatcher();
  }

  /// Opens a pool of as many workers as there are visible CPUs, without waiting for them.
  ///
  /// @throws MultiprocessingException as [#open(PoolOptions)]
  public static ProcessPool open() {
    return open(PoolOptions.defaults());
  }

  /// Opens a pool of `workers` workers, without waiting for them.
  ///
  /// @param workers from 1 to 1024; more of them than CPUs for tasks that mostly wait
  /// @throws MultiprocessingException as [#open(PoolOptions)]
  public static ProcessPool open(int workers) {
    return open(PoolOptions.defaults().withWorkers(workers));
  }

  /// Opens a pool. Its workers start in parallel; the call does not wait for them.
  ///
  /// @throws MultiprocessingException if a process could not be started, if there is no shared
  ///   memory and `options` insist on it, or if a task asks for more workers than are left to it
  public static ProcessPool open(PoolOptions options) {
    return new ProcessPool(options);
  }

  /// Starts spares for a pool with `options`, one for each of its workers, and waits until they are
  /// ready, so that the next such pool with [StartMethod#WARM] answers some ten times as soon.
  /// Spares that are there already count; [StartMethod#WARM] says how long they are kept and how
  /// many there may be. They are for pools with as many workers, or with the same JVM arguments
  /// given: by these alone a worker's command line differs from another's.
  ///
  /// @param timeout how long to wait; spares that are not ready by then are started nevertheless
  /// @return how many spares are ready, possibly fewer than workers
  /// @throws MultiprocessingException if no process can be started
  public static int prestart(PoolOptions options, Duration timeout) throws InterruptedException {
    return WorkerStarter.prestart(options, timeout);
  }

  // Submitting

  /// Submits a task that returns something, or that throws checked exceptions: a lambda whose block
  /// ends with `return null;` may.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public <T extends @Nullable Object> ProcessFuture<T> submit(SerializableCallable<T> task) {
    return Submission.of(dispatcher, task, TaskOptions.defaults());
  }

  /// Submits a task without a result; the future's is null.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public ProcessFuture<@Nullable Void> submit(SerializableRunnable task) {
    return submit(task, TaskOptions.defaults());
  }

  /// Submits a task with timeouts or retries of its own.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public <T extends @Nullable Object> ProcessFuture<T> submit(
      SerializableCallable<T> task, TaskOptions options) {
    return Submission.of(dispatcher, task, options);
  }

  /// Submits a task without a result, with timeouts or retries of its own.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public ProcessFuture<@Nullable Void> submit(SerializableRunnable task, TaskOptions options) {
    return Submission.<@Nullable Void>of(dispatcher, task, null, options);
  }

  /// Submits a task that is serializable though its type does not say so, such as a record that
  /// implements `Callable` and `Serializable`, with timeouts or retries of its own.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public <T extends @Nullable Object> ProcessFuture<T> submit(
      Callable<T> task, TaskOptions options) {
    return Submission.of(dispatcher, task, options);
  }

  /// As [#submit(Callable, TaskOptions)], without a result; the future's is null.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public ProcessFuture<@Nullable Void> submit(Runnable task, TaskOptions options) {
    return Submission.<@Nullable Void>of(dispatcher, task, null, options);
  }

  /// As [#submit(Runnable, Object)], for a lambda.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  /// @throws java.util.concurrent.RejectedExecutionException if the pool is shut down or broken
  public <T> ProcessFuture<T> submit(SerializableRunnable task, T result) {
    return Submission.of(dispatcher, task, result, TaskOptions.defaults());
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException if `task` is not serializable
  @Override
  public <T> ProcessFuture<T> submit(Callable<T> task) {
    return Submission.of(dispatcher, task, TaskOptions.defaults());
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException if `task` is not serializable
  @Override
  public ProcessFuture<?> submit(Runnable task) {
    return Submission.<@Nullable Void>of(dispatcher, task, null, TaskOptions.defaults());
  }

  /// {@inheritDoc} The result stays here: it is neither copied nor sent.
  ///
  /// @throws TaskNotSerializableException if `task` is not serializable
  @Override
  public <T> ProcessFuture<T> submit(Runnable task, T result) {
    return Submission.of(dispatcher, task, result, TaskOptions.defaults());
  }

  /// Submits a task of which nobody awaits the end. What it throws goes to the uncaught exception
  /// handler of a thread of the callback executor.
  ///
  /// @throws TaskNotSerializableException if `task` is not serializable
  @Override
  public void execute(Runnable task) {
    Submission.execute(dispatcher, task);
  }

  /// As [#execute(Runnable)], for a lambda.
  public void execute(SerializableRunnable task) {
    Submission.execute(dispatcher, task);
  }

  // Mapping

  /// Applies `function` to each item and returns the results in the items' order, in a list that
  /// cannot be changed. Items travel in chunks, whose size follows from what the items turn out to
  /// cost and how large their results are.
  ///
  /// The function is copied once per call and worker, so what it captured is shared by the items
  /// that one worker gets.
  ///
  /// Waits for all results. What the function did happens before the return, for what is copied
  /// with them.
  ///
  /// @throws ExecutionException if the function threw, or a worker was lost; the rest is cancelled
  /// @throws InterruptedException if the caller was interrupted; the rest is cancelled
  /// @throws TaskNotSerializableException if the function or an item cannot travel; the rest is
  ///   cancelled
  public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SerializableFunction<? super T, ? extends R> function, Collection<? extends T> items)
      throws InterruptedException, ExecutionException {
    return MapCall.run(dispatcher, function, items, MapCall.AUTOMATIC_CHUNK);
  }

  /// As [#map(SerializableFunction, Collection)], with `chunk` items per message. A lost worker
  /// costs the chunk that it had started.
  public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
      SerializableFunction<? super T, ? extends R> function,
      Collection<? extends T> items,
      int chunk)
      throws InterruptedException, ExecutionException {
    return MapCall.run(dispatcher, function, items, requirePositiveChunk(chunk));
  }

  /// Applies `function` lazily to the items and gives the results in the items' order. Four chunks
  /// per worker are read ahead of the consumer, by its own thread, before it gets the first result
  /// of them: a source that waits for something must not wait for the consumer. Close the stream to
  /// cancel the rest, which `limit` and the like do not do by themselves.
  ///
  /// A terminal operation waits for results. It throws [java.util.concurrent.CompletionException]
  /// if the function threw or a worker was lost, [TaskNotSerializableException] if an item cannot
  /// travel, and [java.util.concurrent.CancellationException] if the caller was interrupted or the
  /// stream was closed meanwhile. After that the stream has no more results.
  ///
  /// @throws TaskNotSerializableException if the function cannot travel
  public <T extends @Nullable Object, R extends @Nullable Object> Stream<R> imap(
      SerializableFunction<? super T, ? extends R> function, Stream<? extends T> items) {
    return MapStream.open(dispatcher, function, items, 1, MapStream.Order.OF_ITEMS);
  }

  /// As [#imap(SerializableFunction, Stream)], with `chunk` items per message.
  public <T extends @Nullable Object, R extends @Nullable Object> Stream<R> imap(
      SerializableFunction<? super T, ? extends R> function, Stream<? extends T> items, int chunk) {
    return MapStream.open(
        dispatcher, function, items, requirePositiveChunk(chunk), MapStream.Order.OF_ITEMS);
  }

  /// As [#imap(SerializableFunction, Stream)], but results come as they are ready.
  public <T extends @Nullable Object, R extends @Nullable Object> Stream<R> imapUnordered(
      SerializableFunction<? super T, ? extends R> function, Stream<? extends T> items) {
    return MapStream.open(dispatcher, function, items, 1, MapStream.Order.OF_COMPLETION);
  }

  /// As [#imapUnordered(SerializableFunction, Stream)], with `chunk` items per message.
  public <T extends @Nullable Object, R extends @Nullable Object> Stream<R> imapUnordered(
      SerializableFunction<? super T, ? extends R> function, Stream<? extends T> items, int chunk) {
    return MapStream.open(
        dispatcher, function, items, requirePositiveChunk(chunk), MapStream.Order.OF_COMPLETION);
  }

  private static int requirePositiveChunk(int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk must be positive: " + chunk);
    }
    return chunk;
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException if a task is not serializable, as lambdas in a
  ///   `List<Callable<T>>` are not; in a `List<SerializableCallable<T>>` they are. The rest is
  ///   cancelled
  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    return Invocations.all(dispatcher, tasks);
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException as [#invokeAll(Collection)]
  @Override
  public <T> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    return Invocations.all(dispatcher, tasks, unit.toNanos(timeout));
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException as [#invokeAll(Collection)]
  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    return Invocations.any(dispatcher, tasks);
  }

  /// {@inheritDoc}
  ///
  /// @throws TaskNotSerializableException as [#invokeAll(Collection)]
  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return Invocations.any(dispatcher, tasks, unit.toNanos(timeout));
  }

  // Ending

  /// Takes no more tasks. Those submitted are still run; then the workers run the exit hook and
  /// end. Does not wait for that. A `map` or `imap` that is under way, and has not sent all of its
  /// items, fails with a [java.util.concurrent.RejectedExecutionException].
  @Override
  public void shutdown() {
    pool.shutdown();
  }

  /// Takes no more tasks, interrupts those that run and gives back those that wait. One that runs
  /// and does not end within the cancel grace is killed with its worker. Does not wait for that.
  ///
  /// What is given back are the futures themselves (of `execute`, the `Runnable`s as they came).
  /// They never complete unless somebody runs or cancels them, which is also what an `invokeAll` or
  /// `invokeAny` that is under way waits for. A `map` or `imap` that is under way fails with a
  /// [java.util.concurrent.CancellationException] as its cause. No task is started again, however
  /// many retries it has left.
  @Override
  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  /// Takes no more tasks and waits until those submitted have run and the workers are gone.
  ///
  /// If the caller is interrupted, this does as [#shutdownNow()], cancels the futures that gives
  /// back, and waits for the rest; the interrupt stays set.
  @Override
  public void close() {
    shutdown();
    boolean interrupted = false;
    while (!isTerminated()) {
      try {
        var _ = awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException _) {
        interrupted = true;
        cancel(shutdownNow());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(List<Runnable> neverStarted) {
    for (var task : neverStarted) {
      if (task instanceof Future<?> future) {
        future.cancel(false);
      }
    }
  }

  /// Cancels all that waits or runs, asks the workers' JVMs to end (SIGTERM), kills those that are
  /// not up yet or left after a second, and waits until they are gone. An interrupt does not end
  /// that wait; it stays set. What is not done by then is
  /// [cancelled][java.util.concurrent.CancellationException].
  public void terminate() {
    pool.terminate(Duration.ofSeconds(1));
  }

  /// Cancels all that waits or runs, kills the workers at once (SIGKILL) and waits until they are
  /// gone, as [#terminate()] does.
  public void kill() {
    pool.terminate(Duration.ZERO);
  }

  @Override
  public boolean isShutdown() {
    return pool.isShutdown();
  }

  /// Whether the pool was shut down and its processes, threads and files are gone.
  @Override
  public boolean isTerminated() {
    return pool.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return pool.awaitTermination(unit.toNanos(timeout));
  }

  // Asking

  /// The workers that are alive now.
  public List<WorkerInfo> workers() {
    return pool.workers();
  }

  /// What the pool has done so far, and how long that took. May be asked at any time, also after
  /// the end.
  public PoolInsights insights() {
    return pool.insights();
  }

  /// How this pool is built, after everything automatic was decided.
  public PoolDescription description() {
    return pool.description();
  }

  @Override
  public String toString() {
    return "ProcessPool" + pool;
  }
}
