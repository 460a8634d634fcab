package dev.multijvm.multiprocessing.internal.child;

import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.launch.ParentsPipe;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What a child process runs: one task, on the main thread.
///
/// A spare, which is told its parent's pid and directory as arguments, reads tasks of its own until
/// all that takes is loaded, and only then says that it is ready and waits for its record, as any
/// child does.
///
/// It ends as any Java program does: with 0 once the task has returned and no other thread keeps it
/// alive, with 1 if the task throws.
public final class ChildMain {
  private static final int REHEARSALS = 20;

  /// Made before it is too late for that.
  private static final byte[] OUT_OF_MEMORY =
      "Exception in a process without memory to say which\n".getBytes(StandardCharsets.US_ASCII);

  private ChildMain() {}

  public static void main(String[] args) throws IOException, ClassNotFoundException {
    if (args.length > 0) {
      ParentWatch.arm(Long.parseLong(args[0]));
      rehearse();
    }
    new FileOutputStream(FileDescriptor.out).write(ChildJvm.READY);
    ChildRecord record = ChildRecord.readFrom(ParentsPipe.open());
    ParentWatch.arm(record.parentPid());
    System.setIn(InputStream.nullInputStream());
    ProcessName.set(record.name());
    Thread.currentThread().setUncaughtExceptionHandler(new Reporter(record));
    read(record.task()).run();
  }

  private static void rehearse() throws IOException, ClassNotFoundException {
    var _ = ClassLoader.getSystemResource("META-INF/multijvm.nothing");
    String nothing = "";
    SerializableRunnable task = () -> System.out.print(nothing);
    for (int i = 0; i < REHEARSALS; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(task);
      }
      read(bytes.toByteArray()).run();
    }
  }

  private static Runnable read(byte[] task) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(task))) {
      return (Runnable) in.readObject();
    }
  }

  private static void sayThatMemoryIsOut() {
    try {
      new FileOutputStream(FileDescriptor.err).write(OUT_OF_MEMORY);
    } catch (IOException e) {
      // Nobody hears.
    }
  }

  /// Tells the parent and the terminal what the task threw.
  private record Reporter(ChildRecord record) implements Thread.UncaughtExceptionHandler {
    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
      try {
        ChildFailure.write(Path.of(record.failurePath()), thrown);
      } catch (IOException | RuntimeException | Error e) {
        thrown.addSuppressed(e);
      }
      try {
        String self = record.name() + " (pid " + ProcessHandle.current().pid() + ")";
        System.err.println("Exception in process " + self);
        System.err.print(Throwables.stackTrace(thrown));
      } catch (OutOfMemoryError e) {
        sayThatMemoryIsOut();
      }
    }
  }
}
