package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.child.ChildFailure;
import dev.multijvm.multiprocessing.internal.child.ChildMain;
import dev.multijvm.multiprocessing.internal.child.ChildRecord;
import dev.multijvm.multiprocessing.internal.child.LiveChildren;
import dev.multijvm.multiprocessing.internal.launch.ChildEnd;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.start.Starter;
import dev.multijvm.multiprocessing.internal.wire.Unserializable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A JVM of its own that runs one task: what a thread is to a thread pool, for processes.
///
/// ```java
/// try (var child = ChildProcess.start(() -> System.out.println(CurrentProcess.name()))) {
///   child.join(); // "process-1" has been printed
/// }
/// ```
///
/// The task and the values it captures are serialized by [start][#start(SerializableRunnable)] and
/// so are copies as of then. The child has this JVM's class path or module path, system properties
/// from the command line (not those set later), assertions, collector, environment and working
/// directory. Its heap is a JVM's default, up to a quarter of the memory. What it prints appears,
/// line by line, on this JVM's `System.out` and `System.err` as they are at that moment; its
/// `System.in` is empty. It ignores SIGINT, so that Ctrl-C is for the parent to decide.
///
/// **How it ends.** With 0 once the task has returned and no thread but daemons runs in it. If the
/// task throws, the stack trace goes to its standard error, it exits with 1, and [#failure] has the
/// exception as its cause.
///
/// **How the parent ends.** Like a thread, a child that is no daemon keeps the parent's JVM alive
/// until it has ended; a [daemon][ChildOptions#withDaemon] does not. When the parent exits, by
/// `System.exit` too, children that still run are asked to end and, a second later, killed. When
/// the parent is killed, they end within a second, whatever they do.
///
/// All methods may be called from any thread.
public final class ChildProcess implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final ChildJvm jvm;
  private final boolean isDaemon;
  private final Path failurePath;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// What the task threw; null while it runs and if it did not throw. Written before `ended` is.
  private @Nullable Throwable thrown;

  private ChildProcess(ChildJvm jvm, boolean isDaemon, Path failurePath) {
    this.jvm = jvm;
    this.isDaemon = isDaemon;
    this.failurePath = failurePath;
  }

  /// Starts a child that runs `task`, without waiting for its JVM.
  ///
  /// @throws TaskNotSerializableException if the task, or what it captures, cannot be serialized
  /// @throws MultiprocessingException if no process can be started
  public static ChildProcess start(SerializableRunnable task) {
    return start(ChildOptions.defaults(), task);
  }

  /// Starts a child that runs `task`, as `options` say, without waiting for its JVM.
  ///
  /// @throws TaskNotSerializableException if the task, or what it captures, cannot be serialized
  /// @throws MultiprocessingException if no process can be started
  public static ChildProcess start(ChildOptions options, SerializableRunnable task) {
    byte[] serialized = serialized(Objects.requireNonNull(task, "task"));
    long number = NUMBERS.incrementAndGet();
    String given = options.name();
    String name = given == null ? "process-" + number : given;
    JvmCommand command = JvmCommand.of(ChildMain.class).withJvmArguments(options.jvmArguments());
    try {
      ChildJvm jvm = Starter.start(command, options.startMethod(), name, "").child();
      ChildProcess child = new ChildProcess(jvm, options.daemon(), failurePath(jvm, number));
      child.begin(serialized);
      return child;
    } catch (IOException | OutOfMemoryError e) {
      throw new MultiprocessingException("process " + name + " cannot be started", e);
    }
  }

  /// Found out while the child's JVM starts.
  private static Path failurePath(ChildJvm jvm, long number) throws IOException {
    try {
      return Scratch.directory().resolve("failure-" + number);
    } catch (IOException e) {
      jvm.close();
      throw e;
    }
  }

  private static byte[] serialized(SerializableRunnable task) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(task);
    } catch (NotSerializableException e) {
      throw Unserializable.explain(task, Unserializable.TASK, e);
    } catch (IOException e) {
      throw new TaskNotSerializableException(
          task.getClass().getName(), "task", "its own serialization failed", e);
    }
    return bytes.toByteArray();
  }

  private void begin(byte[] task) {
    LiveChildren.add(jvm);
    try {
      jvm.pumpStandardOutput();
      ChildRecord record = new ChildRecord(parentPid(), name(), failurePath.toString(), task);
      Thread attendant =
          new Thread(null, () -> attend(record), "multijvm end of " + name(), 0, false);
      attendant.setDaemon(isDaemon);
      attendant.start();
    } catch (OutOfMemoryError e) {
      jvm.kill(); // there is no thread for it
      LiveChildren.remove(jvm);
      throw e;
    }
  }

  /// Tells it what to run, which takes until its JVM is up if that is more than fits a pipe, and
  /// waits for its end.
  private void attend(ChildRecord record) {
    try {
      tell(record);
      jvm.awaitEnd();
      thrown = ChildFailure.take(failurePath);
    } catch (IOException | OutOfMemoryError e) {
      jvm.kill(); // it may wait for what could not be told
      thrown = e;
    } finally {
      LiveChildren.remove(jvm);
      ended.countDown();
    }
  }

  private void tell(ChildRecord record) {
    try (OutputStream toChild = jvm.input()) {
      record.writeTo(toChild);
    } catch (IOException e) {
      // It has died already: its exit status tells.
    }
  }

  /// How it is called, here and by [CurrentProcess#name] in the child.
  public String name() {
    return jvm.name();
  }

  /// Its process id.
  public long pid() {
    return jvm.pid();
  }

  /// The process id of this JVM, which is its parent.
  public long parentPid() {
    return ProcessHandle.current().pid();
  }

  /// Whether it ends with this JVM instead of keeping it alive.
  public boolean isDaemon() {
    return isDaemon;
  }

  /// Whether it has not ended yet.
  public boolean isAlive() {
    return jvm.process().isAlive();
  }

  /// Waits until it has ended and everything it printed has been printed here.
  public void join() throws InterruptedException {
    ended.await();
  }

  /// Waits likewise, but no longer than `timeout`.
  ///
  /// @return whether it has ended
  public boolean join(Duration timeout) throws InterruptedException {
    return ended.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
  }

  /// Asks it to end (SIGTERM): its shutdown hooks run. As long as its JVM is not up it has none,
  /// and is ended at once (SIGKILL).
  public void terminate() {
    jvm.terminate();
  }

  /// Ends it at once (SIGKILL).
  public void kill() {
    jvm.kill();
  }

  /// How it ended; empty as long as it has not.
  public Optional<ExitStatus> exitStatus() {
    return isAlive() ? Optional.empty() : Optional.of(jvm.end().status());
  }

  /// What went wrong, ready to be thrown; empty if its task returned and it exited with 0, and as
  /// long as [#join] would wait.
  public Optional<ChildFailedException> failure() {
    if (ended.getCount() > 0) {
      return Optional.empty();
    }
    ChildEnd end = jvm.end();
    return end.status().isSuccess() && thrown == null
        ? Optional.empty()
        : Optional.of(new ChildFailedException(self() + " ended with " + end, thrown));
  }

  /// Waits for its end, as [java.util.concurrent.ExecutorService#close] does. If the caller is
  /// interrupted, the child is killed and the caller's interrupt flag set again. Throws nothing if
  /// the child failed: ask [#failure].
  @Override
  public void close() {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        kill();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String self() {
    return "process " + name() + " (pid " + pid() + ")";
  }

  /// Its name, pid and how it is or ended.
  @Override
  public String toString() {
    return self() + ", " + (isAlive() ? "alive" : jvm.end().status());
  }
}
