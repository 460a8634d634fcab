package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.Proc;
import dev.multijvm.benchmarks.machine.ProcessStat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// This process and all that descend from it, read from `/proc`; empty where there is none.
final class ProcessTree {
  private ProcessTree() {}

  /// CPU time of the tree so far: the living, and what each of them has reaped.
  static Optional<Double> cpuMillis() {
    double descendants =
        descendants().stream()
            .flatMap(pid -> ProcessStat.of(pid).stream())
            .mapToDouble(it -> it.cpuMillis() + it.reapedMillis())
            .sum();
    return ProcessStat.ofThisProcess()
        .map(self -> self.cpuMillis() + self.reapedMillis() + descendants);
  }

  /// CPU time of descendants that have ended and been waited for.
  static Optional<Double> reapedMillis() {
    return ProcessStat.ofThisProcess().map(ProcessStat::reapedMillis);
  }

  /// Memory of the tree: proportional set sizes, and the sum of each process's peak.
  static Optional<Memory> memory() {
    Memory sum = new Memory(0, 0);
    for (long pid : pids()) {
      Path process = Path.of("/proc", Long.toString(pid));
      Optional<Long> pss =
          Proc.text(process.resolve("smaps_rollup")).flatMap(text -> Proc.number(text, "Pss"));
      Optional<Long> peak =
          Proc.text(process.resolve("status")).flatMap(text -> Proc.number(text, "VmHWM"));
      if (pss.isEmpty() || peak.isEmpty()) {
        return Optional.empty();
      }
      sum = new Memory(sum.pssKib + pss.get(), sum.peakKib + peak.get());
    }
    return Optional.of(sum);
  }

  record Memory(long pssKib, long peakKib) {}

  /// The command lines of the Java processes of the tree, this one first.
  static List<List<String>> javaCommands() {
    List<List<String>> commands = new ArrayList<>();
    for (long pid : pids()) {
      Proc.text(Path.of("/proc", Long.toString(pid), "cmdline"))
          .map(line -> Arrays.asList(line.split("\0", -1)))
          .filter(command -> command.getFirst().endsWith("java"))
          .ifPresent(commands::add);
    }
    return commands;
  }

  private static List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    pids.add(ProcessHandle.current().pid());
    pids.addAll(descendants());
    return pids;
  }

  private static List<Long> descendants() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
  }
}
