package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.child.ProcessName;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.Nesting;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.launch.ParentsPipe;
import dev.multijvm.multiprocessing.internal.ring.RingPair;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What a worker process runs. Its main thread runs the tasks.
///
/// Until the first task, nothing here uses a lambda, Java serialization or a downcall: each would
/// cost more than all the rest of the start. A spare, which is told its parent's pid and directory
/// as arguments, has time: it rehearses, says that it is ready, and then waits for its boot record
/// as any worker does.
public final class WorkerMain {
  /// The exit status of a worker that could not go on.
  private static final int FAILED = 70;

  private WorkerMain() {}

  public static void main(String[] args) {
    try {
      WorkerStreams.install();
      if (args.length > 0) {
        rehearse(Long.parseLong(args[0]), Path.of(args[1]));
      }
      work();
    } catch (EOFException | NoSuchFileException _) {
      // The parent has gone before it needed us, and its files with it.
      Orphan.halt();
    } catch (Throwable problem) {
      try {
        problem.printStackTrace(); // which may be code of the user, and throw
      } finally {
        Runtime.getRuntime().halt(FAILED);
      }
    }
    System.exit(0);
  }

  private static void rehearse(long parentPid, Path directory) throws IOException {
    ParentWatch.arm(parentPid);
    Rehearsal.run(directory);
  }

  private static void work() throws IOException {
    var in = ParentsPipe.open();
    var out = new FileOutputStream(FileDescriptor.out);
    var interrupter = new Interrupter(Thread.currentThread());
    var link = new WorkerLink(interrupter);
    link.open();
    out.write(ChildJvm.READY);
    var boot = BootRecord.readFrom(in);
    ParentWatch.arm(boot.parentPid());
    ProcessName.set("worker-" + boot.number());
    Nesting.allot(boot.nestedWorkers());
    link.leadTo(boot);
    Port port =
        boot.ringPath().isEmpty()
            ? new LinkPort(link)
            : new RingPort(RingPair.map(Path.of(boot.ringPath())), in, out, link);
    new TaskRunner(boot, port, interrupter).runUntilToldToEnd();
  }
}
