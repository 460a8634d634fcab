package dev.multijvm.multiprocessing;

import java.io.ObjectInputFilter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// How a [ProcessPool] is built. Immutable: start from [#defaults()], and each `with…` returns a
/// copy with one thing changed, checked at once.
public final class PoolOptions {
  private static final int MOST_WORKERS = 1024;
  private static final PoolOptions DEFAULTS = new PoolOptions();

  // Written only by the wither that made this copy, before it returns.
  private int workers = Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
  private @Nullable List<String> jvmArguments;
  private @Nullable SerializableRunnable initializer;
  private Duration initializerTimeout = Duration.ofMinutes(1);
  private @Nullable SerializableRunnable exitHook;
  private Duration exitTimeout = Duration.ofSeconds(5);
  private StartMethod startMethod = StartMethod.AUTOMATIC;
  private Transport transport = Transport.AUTOMATIC;
  private int tasksPerWorker = Integer.MAX_VALUE;
  private int queueCapacity = Integer.MAX_VALUE;
  private Duration cancelGrace = Duration.ofSeconds(5);
  private @Nullable Executor callbackExecutor;
  private @Nullable String serialFilter;

  private PoolOptions() {}

  private PoolOptions(PoolOptions base) {
    workers = base.workers;
    jvmArguments = base.jvmArguments;
    initializer = base.initializer;
    initializerTimeout = base.initializerTimeout;
    exitHook = base.exitHook;
    exitTimeout = base.exitTimeout;
    startMethod = base.startMethod;
    transport = base.transport;
    tasksPerWorker = base.tasksPerWorker;
    queueCapacity = base.queueCapacity;
    cancelGrace = base.cancelGrace;
    callbackExecutor = base.callbackExecutor;
    serialFilter = base.serialFilter;
  }

  /// As many workers as there are visible CPUs, and nothing unusual.
  public static PoolOptions defaults() {
    return DEFAULTS;
  }

  /// Keeps `workers` worker processes, at least 1 and at most 1024.
  public PoolOptions withWorkers(int workers) {
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new IllegalArgumentException("workers must be from 1 to 1024: " + workers);
    }
    var copy = new PoolOptions(this);
    copy.workers = workers;
    return copy;
  }

  /// Starts workers with these JVM arguments instead of those by which the library sizes a worker:
  /// `ActiveProcessorCount`, its share of the processors, and `-Xmx`, this JVM's maximum heap
  /// divided by the workers but at least 64 MiB. Any argument replaces both, so say them again
  /// where they matter. The collector is this JVM's unless one is named here. System properties
  /// from the command line, `-ea`, the module path and the like are still copied from this JVM.
  public PoolOptions withJvmArguments(List<String> jvmArguments) {
    var copy = new PoolOptions(this);
    copy.jvmArguments = List.copyOf(jvmArguments);
    return copy;
  }

  /// Runs `initializer` once in every worker, replacements included, before its first task. If it
  /// throws, be it in a replacement, the pool breaks: what runs may end, waiting tasks fail and new
  /// ones are rejected. A worker in which it lasts longer than the
  /// [timeout][#withInitializerTimeout], or that dies before it has ended, is replaced; after three
  /// such workers in a row the pool breaks too. One that cannot travel makes
  /// [ProcessPool#open(PoolOptions)] throw [TaskNotSerializableException].
  public PoolOptions withInitializer(SerializableRunnable initializer) {
    var copy = new PoolOptions(this);
    copy.initializer = Objects.requireNonNull(initializer, "initializer");
    return copy;
  }

  /// Gives the initializer this long, the start of the JVM included; a minute unless told.
  public PoolOptions withInitializerTimeout(Duration timeout) {
    var copy = new PoolOptions(this);
    copy.initializerTimeout = positive("initializerTimeout", timeout);
    return copy;
  }

  /// Runs `exitHook` in each worker that ends in good order: at [ProcessPool#close()] and
  /// [ProcessPool#shutdown()], and when it is recycled. Not in one that is killed. One that cannot
  /// travel makes [ProcessPool#open(PoolOptions)] throw [TaskNotSerializableException].
  public PoolOptions withExitHook(SerializableRunnable exitHook) {
    var copy = new PoolOptions(this);
    copy.exitHook = Objects.requireNonNull(exitHook, "exitHook");
    return copy;
  }

  /// Kills a worker that was told to end and is still there after `timeout`, its exit hook
  /// included; five seconds unless told.
  public PoolOptions withExitTimeout(Duration timeout) {
    var copy = new PoolOptions(this);
    copy.exitTimeout = positive("exitTimeout", timeout);
    return copy;
  }

  /// Starts workers by `startMethod`; [StartMethod#AUTOMATIC] unless told.
  public PoolOptions withStartMethod(StartMethod startMethod) {
    var copy = new PoolOptions(this);
    copy.startMethod = Objects.requireNonNull(startMethod, "startMethod");
    return copy;
  }

  /// Sends tasks by `transport`; [Transport#AUTOMATIC] unless told.
  public PoolOptions withTransport(Transport transport) {
    var copy = new PoolOptions(this);
    copy.transport = Objects.requireNonNull(transport, "transport");
    return copy;
  }

  /// Replaces each worker after it has run this many tasks; a chunk counts as one. Never unless
  /// told.
  public PoolOptions withTasksPerWorker(int tasksPerWorker) {
    var copy = new PoolOptions(this);
    copy.tasksPerWorker = positive("tasksPerWorker", tasksPerWorker);
    return copy;
  }

  /// Lets at most this many tasks wait in the pool; a caller that submits one more waits for room.
  /// If it is interrupted while it waits, what says that it throws [InterruptedException] does; who
  /// consumes an `imap` gets a [java.util.concurrent.CancellationException], and elsewhere the task
  /// is rejected, while the interrupt flag stays set. A timeout of `invokeAll` or `invokeAny`
  /// counts meanwhile. Unbounded unless told.
  public PoolOptions withQueueCapacity(int queueCapacity) {
    var copy = new PoolOptions(this);
    copy.queueCapacity = positive("queueCapacity", queueCapacity);
    return copy;
  }

  /// Gives a task that was cancelled by interrupt this long to end; then its worker is killed and
  /// replaced. Five seconds unless told.
  public PoolOptions withCancelGrace(Duration grace) {
    var copy = new PoolOptions(this);
    copy.cancelGrace = positive("cancelGrace", grace);
    return copy;
  }

  /// Runs the stages that depend on a [ProcessFuture] on `executor`; a virtual thread each unless
  /// told. One that runs them at once, such as `Runnable::run`, may do so on threads that the pool
  /// needs: they must not wait for the pool. The futures themselves need none of its threads.
  public PoolOptions withCallbackExecutor(Executor executor) {
    var copy = new PoolOptions(this);
    copy.callbackExecutor = Objects.requireNonNull(executor, "executor");
    return copy;
  }

  /// Filters what is deserialized, in the workers and here, by a pattern of
  /// [ObjectInputFilter.Config#createFilter(String)], besides the JVM's own `jdk.serialFilter`: a
  /// class that either rejects is rejected.
  ///
  /// @throws IllegalArgumentException if it is no such pattern
  public PoolOptions withSerialFilter(String pattern) {
    ObjectInputFilter.Config.createFilter(pattern);
    var copy = new PoolOptions(this);
    copy.serialFilter = pattern;
    return copy;
  }

  private static Duration positive(String name, Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
    return duration;
  }

  private static int positive(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " must be positive: " + count);
    }
    return count;
  }

  public int workers() {
    return workers;
  }

  /// The JVM arguments that replace the library's sizing; null if it does the sizing.
  public @Nullable List<String> jvmArguments() {
    return jvmArguments;
  }

  /// What runs once in every worker; null for nothing.
  public @Nullable SerializableRunnable initializer() {
    return initializer;
  }

  public Duration initializerTimeout() {
    return initializerTimeout;
  }

  /// What runs in each worker that ends in good order; null for nothing.
  public @Nullable SerializableRunnable exitHook() {
    return exitHook;
  }

  public Duration exitTimeout() {
    return exitTimeout;
  }

  public StartMethod startMethod() {
    return startMethod;
  }

  public Transport transport() {
    return transport;
  }

  public int tasksPerWorker() {
    return tasksPerWorker;
  }

  public int queueCapacity() {
    return queueCapacity;
  }

  public Duration cancelGrace() {
    return cancelGrace;
  }

  /// Where dependent stages run; null for a virtual thread each.
  public @Nullable Executor callbackExecutor() {
    return callbackExecutor;
  }

  /// The pattern of the serialization filter; null if there is none but the JVM's.
  public @Nullable String serialFilter() {
    return serialFilter;
  }

  /// The number of workers, and what differs from [#defaults()].
  @Override
  public String toString() {
    var text = new StringJoiner(", ", "PoolOptions[", "]").add("workers=" + workers);
    addUnusual(text, "jvmArguments", jvmArguments, DEFAULTS.jvmArguments);
    addUnusual(text, "initializer", initializer, DEFAULTS.initializer);
    addUnusual(text, "initializerTimeout", initializerTimeout, DEFAULTS.initializerTimeout);
    addUnusual(text, "exitHook", exitHook, DEFAULTS.exitHook);
    addUnusual(text, "exitTimeout", exitTimeout, DEFAULTS.exitTimeout);
    addUnusual(text, "startMethod", startMethod, DEFAULTS.startMethod);
    addUnusual(text, "transport", transport, DEFAULTS.transport);
    addUnusual(text, "tasksPerWorker", tasksPerWorker, DEFAULTS.tasksPerWorker);
    addUnusual(text, "queueCapacity", queueCapacity, DEFAULTS.queueCapacity);
    addUnusual(text, "cancelGrace", cancelGrace, DEFAULTS.cancelGrace);
    addUnusual(text, "callbackExecutor", callbackExecutor, DEFAULTS.callbackExecutor);
    addUnusual(text, "serialFilter", serialFilter, DEFAULTS.serialFilter);
    return text.toString();
  }

  private static void addUnusual(
      StringJoiner text, String name, @Nullable Object value, @Nullable Object usual) {
    if (!Objects.equals(value, usual)) {
      text.add(name + "=" + value);
    }
  }
}
