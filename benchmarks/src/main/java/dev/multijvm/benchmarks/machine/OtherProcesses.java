package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// All processes that are neither this one nor the kernel's own, read from `/proc`.
///
/// They are added up one by one because the machine's busy time is no measure of them: it also
/// holds what nobody is charged for, such as waking up, of which a mode that hands over a lot
/// causes three percent and more.
final class OtherProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final long KERNEL = 2;

  private OtherProcesses() {}

  /// CPU time so far of the living ones, and what each of them has reaped. To be asked when this
  /// process has no descendants.
  ///
  /// @return empty where not all processes are to be seen, as in a container
  static Optional<Double> cpuMillis() {
    boolean seesAll =
        Proc.line(PROC.resolve(KERNEL + "/comm")).filter("kthreadd"::equals).isPresent();
    if (!seesAll) {
      return Optional.empty();
    }
    long self = ProcessHandle.current().pid();
    double millis = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        millis +=
            ProcessStat.of(Long.parseLong(process.getFileName().toString()))
                .filter(it -> it.pid() != self && it.pid() != KERNEL && it.parent() != KERNEL)
                .map(it -> it.cpuMillis() + it.reapedMillis())
                .orElse(0.0);
      }
    } catch (IOException _) {
      return Optional.empty();
    }
    return Optional.of(millis);
  }
}
