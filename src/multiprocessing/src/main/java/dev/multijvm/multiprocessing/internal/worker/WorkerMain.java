package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a worker process runs. The main thread runs the tasks.
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) throws IOException {
    var bells = new FileInputStream(FileDescriptor.in);
    var boot = BootRecord.readFrom(bells);
    ParentWatch.arm(boot.parentPid());
    System.setIn(InputStream.nullInputStream());
    WorkerStreams.install();
    var runner = new TaskRunner(boot, Thread.currentThread());
    var link = WorkerLink.connect(boot, runner);
    runner.runUntilToldToEnd(link);
  }
}
