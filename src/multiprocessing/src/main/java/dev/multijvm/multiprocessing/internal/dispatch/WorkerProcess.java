package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.WorkerLostException;
import dev.multijvm.multiprocessing.internal.launch.ChildEnd;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.start.Starter;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The operating system's side of a worker: its JVM, and the thread that reads its standard output
/// for bells.
final class WorkerProcess {
  private static final System.Logger LOGGER =
      System.getLogger(WorkerProcess.class.getPackageName());

  /// So long a process may take to end after it has closed its streams.
  static final Duration TIME_TO_END = Duration.ofMillis(200);

  /// So much fits a pipe that was just made, in any system.
  private static final int FITS_A_PIPE = 4096;

  private final ChildJvm jvm;
  private final byte[] bootRecord;
  private final String manner;

  private WorkerProcess(ChildJvm jvm, byte[] bootRecord, String manner) {
    this.jvm = jvm;
    this.bootRecord = bootRecord;
    this.manner = manner;
  }

  static WorkerProcess start(JvmCommand command, StartMethod method, BootRecord boot)
      throws IOException {
    byte[] bootRecord = boot.encoded(); // before there is a child that nobody knows if this fails
    String name = "worker " + boot.number();
    var started = Starter.start(command, method, name, "[worker-" + boot.number() + "] ");
    return new WorkerProcess(started.child(), bootRecord, started.manner());
  }

  /// How it was started, in the words of [Starter.Started#manner].
  String manner() {
    return manner;
  }

  /// Tells the worker who it is; then runs `onBell` for each bell, `onSilence` if the worker has
  /// closed one of its output streams and lives on, and `onEnd` once it has ended.
  ///
  /// @throws OutOfMemoryError if there is no thread to wait for its end; then it is told nothing,
  ///   and nothing of the above is run
  void listen(Runnable onBell, Runnable onSilence, Runnable onEnd) {
    daemon(
        "multijvm end of " + jvm.name(),
        () -> {
          jvm.awaitEnd();
          onEnd.run();
        });
    try {
      daemon("multijvm bells of " + jvm.name(), () -> readBells(onBell, onSilence));
    } catch (OutOfMemoryError _) {
      // Nobody would hear it. Its end is heard of.
      kill();
      return;
    }
    if (bootRecord.length <= FITS_A_PIPE) {
      sendBootRecord();
    }
    var _ = jvm.errorOutputEnd().thenRun(() -> unlessItEnds(onSilence));
  }

  private static void daemon(String name, Runnable body) {
    Thread.ofPlatform().daemon().name(name).start(body);
  }

  /// A long boot record is read late: not something to keep the thread waiting that starts workers.
  private void readBells(Runnable onBell, Runnable onSilence) {
    if (bootRecord.length > FITS_A_PIPE) {
      sendBootRecord();
    }
    try (InputStream output = jvm.output()) {
      byte[] bytes = new byte[8192];
      for (int count = output.read(bytes); count >= 0; count = output.read(bytes)) {
        int others = withoutBells(bytes, count);
        if (others < count) {
          jvm.ready();
          hear(onBell);
        }
        jvm.forward(bytes, 0, others);
      }
    } catch (IOException _) {
      // The process has ended.
    }
    unlessItEnds(onSilence);
  }

  /// Without this thread nobody would hear of the worker's results.
  private void hear(Runnable onBell) {
    try {
      onBell.run();
    } catch (Throwable problem) {
      killAfter(problem);
    }
  }

  /// Ends it, because nobody could say which of its results were handled.
  void killAfter(Throwable problem) {
    try {
      LOGGER.log(Level.ERROR, "a result cannot be handled, so its worker is killed", problem);
    } finally {
      kill();
    }
  }

  private void sendBootRecord() {
    try {
      jvm.input().write(bootRecord);
      jvm.input().flush();
    } catch (IOException _) {
      // It has died already; its exit tells.
    }
  }

  /// A stream has ended. Mostly because the process has, or is about to.
  private void unlessItEnds(Runnable onSilence) {
    try {
      if (jvm.process().waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      // Nobody interrupts these threads on purpose.
    }
    onSilence.run();
  }

  /// Moves what is not a bell to the front and returns how much that is.
  private static int withoutBells(byte[] bytes, int count) {
    int others = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] != Message.BELL) {
        bytes[others++] = bytes[i];
      }
    }
    return others;
  }

  /// Wakes the worker's task thread. One byte into a pipe that the worker empties never blocks.
  void ring() {
    try {
      var input = jvm.input();
      synchronized (input) {
        input.write(Message.BELL);
        input.flush();
      }
    } catch (IOException _) {
      // It has died; its end tells.
    }
  }

  long pid() {
    return jvm.pid();
  }

  /// Asks it to end.
  void terminate() {
    jvm.terminate();
  }

  /// Ends it at once.
  void kill() {
    jvm.kill();
  }

  /// What to tell whose task it took along; once it has ended.
  WorkerLostException lost() {
    ChildEnd end = jvm.end();
    return new WorkerLostException(pid(), end.status(), end.lastWords(), end.crashFile());
  }
}
