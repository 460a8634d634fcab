package dev.multijvm.benchmarks.mode;

import dev.multijvm.benchmarks.workload.CountingLoop;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import javax.management.ObjectName;

/// A program that stands where JMH's fork stands: it opens a mode, and has itself and every worker
/// write all of its flags to a file.
final class FlagsOfAllJvms {

  private FlagsOfAllJvms() {}

  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[1]);
    var directory = args[2];
    new Writing(directory, 1).call();
    var writing = new Writing(directory, workers + 1);
    try (var pool = ExecutionMode.of(args[0]).open(workers, WarmUp.of(new CountingLoop(1)))) {
      for (var written : pool.invokeAll(Collections.nCopies(workers, writing))) {
        written.get();
      }
    }
  }

  /// Writes the flags of the JVM it runs in, and waits for `files` to be there, so that no JVM does
  /// it twice.
  private record Writing(String directory, int files) implements Callable<Long>, Serializable {

    @Override
    public Long call() throws Exception {
      long pid = ProcessHandle.current().pid();
      var flags =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "vmFlags",
                  new Object[] {new String[] {"-all"}},
                  new String[] {String[].class.getName()});
      Files.writeString(Path.of(directory, pid + ".flags"), (String) flags);
      Meeting.in(Path.of(directory), "*.flags", files);
      return pid;
    }
  }
}
