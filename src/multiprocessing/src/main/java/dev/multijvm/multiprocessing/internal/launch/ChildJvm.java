package dev.multijvm.multiprocessing.internal.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A child JVM from its start to its end: its streams, its output, its exit.
///
/// Its standard error is always pumped to this JVM's. Its standard output is either pumped likewise
/// ([#pumpStandardOutput]) or read by the caller, who hands on what is not meant for it
/// ([#forward]). What the caller writes to it, it reads from its [ParentsPipe].
///
/// It ignores SIGINT, where there is a shell to arrange that: Ctrl-C reaches every process of the
/// terminal, and it is for the parent to decide. It has this JVM's environment, but for the three
/// variables that give options to every JVM: what of them is meant for children is on the command
/// line.
public final class ChildJvm implements AutoCloseable {
  /// The byte that a child writes to its standard output, before anything else of its own, once its
  /// JVM is up and, if it is a spare, has rehearsed.
  public static final byte READY = 0;

  private static final String IGNORING_SIGINT = "trap '' INT; exec \"$@\" " + ParentsPipe.ASIDE;
  private static final String STEPPING_BACK =
      "trap '' INT; exec nice -n 19 \"$@\" " + ParentsPipe.ASIDE;

  /// How long the rest of the output may take once the child has ended.
  private static final Duration OUTPUT_PATIENCE = Duration.ofMillis(500);

  private static final Duration A_DAY = Duration.ofDays(1);

  private volatile String name;
  private final Process process;
  private final long startMillis;
  private final LineForwarder outLines;
  private final LineForwarder errLines;
  private final OutputPump errPump;
  private volatile @Nullable OutputPump outPump;
  private volatile boolean killed;
  private volatile boolean isReady;

  private ChildJvm(
      String name, Process process, long startMillis, LineForwarder out, LineForwarder err) {
    this.name = name;
    this.process = process;
    this.startMillis = startMillis;
    this.outLines = out;
    this.errLines = err;
    try {
      this.errPump = OutputPump.start("multijvm stderr of " + name, process.getErrorStream(), err);
    } catch (OutOfMemoryError e) {
      process.toHandle().destroyForcibly(); // there is no thread for it, and nobody knows it yet
      throw e;
    }
  }

  /// Starts a child.
  ///
  /// @param name how the child is called in names of threads and in messages
  /// @param tag what each line of its output begins with on this JVM's output; may be empty
  /// @throws IOException if the operating system refuses
  public static ChildJvm start(JvmCommand command, String name, String tag) throws IOException {
    long startMillis = System.currentTimeMillis();
    return new ChildJvm(
        name,
        execute(IGNORING_SIGINT, command),
        startMillis,
        new LineForwarder(tag, LineForwarder.Target.OUT),
        new LineForwarder(tag, LineForwarder.Target.ERR));
  }

  /// Starts a child that says nothing on this JVM's output; the end of what it says is in its
  /// [#end].
  ///
  /// @throws IOException if the operating system refuses
  public static ChildJvm startHidden(JvmCommand command, String name) throws IOException {
    return startHidden(IGNORING_SIGINT, command, name);
  }

  /// Starts a hidden child that takes only the time that nobody else wants, and its children
  /// likewise.
  ///
  /// @throws IOException if the operating system refuses
  public static ChildJvm startInBackground(JvmCommand command, String name) throws IOException {
    return startHidden(STEPPING_BACK, command, name);
  }

  private static ChildJvm startHidden(String script, JvmCommand command, String name)
      throws IOException {
    long startMillis = System.currentTimeMillis();
    return new ChildJvm(
        name,
        execute(script, command),
        startMillis,
        new LineForwarder("", LineForwarder.Target.NOWHERE),
        new LineForwarder("", LineForwarder.Target.NOWHERE));
  }

  private static Process execute(String script, JvmCommand command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(throughShell(script, command.words()));
    var environment = builder.environment();
    for (String variable : OwnOptions.VARIABLES) {
      environment.remove(variable);
    }
    return builder.start();
  }

  private static List<String> throughShell(String script, List<String> words) {
    if (!ParentsPipe.SHELL.canExecute()) {
      return words;
    }
    List<String> wrapped =
        new ArrayList<>(List.of(ParentsPipe.SHELL.getPath(), "-c", script, "sh"));
    wrapped.addAll(words);
    return wrapped;
  }

  public String name() {
    return name;
  }

  /// Gives another name and tag to a child that was started before it was known what for.
  public void rename(String newName, String newTag) {
    name = newName;
    errPump.setName("multijvm stderr of " + newName);
    outLines.retag(newTag);
    errLines.retag(newTag);
  }

  public long pid() {
    return process.pid();
  }

  /// The process itself, for its liveness and its end.
  public Process process() {
    return process;
  }

  /// The way to the child's [ParentsPipe]. A write survives an interrupt of the writing thread.
  public OutputStream input() {
    return process.getOutputStream();
  }

  /// The child's standard output, for a caller that has not called [#pumpStandardOutput].
  public InputStream output() {
    return process.getInputStream();
  }

  /// Lets a library thread read the child's standard output and print it on this JVM's, but for the
  /// first [#READY].
  public void pumpStandardOutput() {
    outPump =
        OutputPump.start("multijvm stdout of " + name, process.getInputStream(), new AfterReady());
  }

  /// For who reads its standard output: there was a [#READY].
  public void ready() {
    isReady = true;
  }

  private final class AfterReady implements OutputPump.Sink {
    @Override
    public void accept(byte[] bytes, int offset, int length) {
      int start = offset;
      int end = offset + length;
      for (int i = offset; i < end && !isReady; i++) {
        if (bytes[i] == READY) {
          outLines.accept(bytes, offset, i - offset);
          start = i + 1;
          ready();
        }
      }
      outLines.accept(bytes, start, end - start);
    }

    @Override
    public void end() {
      outLines.end();
    }
  }

  /// Prints bytes that came over the child's standard output and are not the caller's, line by
  /// line.
  public void forward(byte[] bytes, int offset, int length) {
    outLines.accept(bytes, offset, length);
  }

  /// Completes when the child's standard error has ended: with the child, or because the child
  /// closed it.
  public CompletableFuture<@Nullable Void> errorOutputEnd() {
    return errPump.end();
  }

  /// Asks the child to end: its shutdown hooks run. A JVM that is not up yet has none, and would
  /// stumble over the signal instead: complain, crash, or overlook it. It is ended at once.
  public void terminate() {
    if (isReady) {
      // Not Process.destroy, which closes the streams, and what the child still says would be lost.
      process.toHandle().destroy();
    } else {
      kill();
    }
  }

  /// Ends the child at once.
  public void kill() {
    if (process.isAlive()) {
      killed = true;
      process.toHandle().destroyForcibly();
    }
  }

  /// Waits for the child's end and for the end of its output.
  ///
  /// @return whether it has ended
  public boolean awaitEnd(Duration timeout) throws InterruptedException {
    if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    errPump.awaitEnd(OUTPUT_PATIENCE);
    OutputPump pump = outPump;
    if (pump != null) {
      pump.awaitEnd(OUTPUT_PATIENCE);
    }
    outLines.end();
    return true;
  }

  /// Waits likewise, however long it takes. For threads of the library: who interrupts them means
  /// all threads of a group, and not this one.
  public void awaitEnd() {
    boolean hasEnded = false;
    while (!hasEnded) {
      try {
        hasEnded = awaitEnd(A_DAY);
      } catch (InterruptedException e) {
        // It has not ended.
      }
    }
  }

  /// How it ended.
  ///
  /// @throws IllegalStateException if it is alive
  public ChildEnd end() {
    if (process.isAlive()) {
      throw new IllegalStateException(name + " (pid " + pid() + ") is alive");
    }
    return ChildEnd.of(
        process.exitValue(), killed, CrashFile.of(pid(), startMillis), errLines.tail());
  }

  /// Kills it if it is alive, and waits for its end and its output.
  @Override
  public void close() {
    kill();
    boolean interrupted = false;
    try {
      awaitEnd(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
