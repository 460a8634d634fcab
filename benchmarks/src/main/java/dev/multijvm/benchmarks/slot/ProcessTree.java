package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.Proc;
import dev.multijvm.benchmarks.machine.ProcessStat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// This process and all that descend from it, as `/proc` shows them at one instant.
///
/// A fork reads its tree a few times, before anything of it is compiled: plain loops, because
/// streams and lambdas would cost it more time to load and link than all it reads.
///
/// @param processes this one first
record ProcessTree(List<ProcessStat> processes) {

  /// Reads the tree; empty where there is no `/proc`.
  static Optional<ProcessTree> now() {
    Optional<ProcessStat> self = ProcessStat.ofThisProcess();
    if (self.isEmpty()) {
      return Optional.empty();
    }
    List<ProcessStat> tree = new ArrayList<>(List.of(self.get()));
    for (ProcessHandle descendant : ProcessHandle.current().descendants().toList()) {
      Optional<ProcessStat> process = ProcessStat.of(descendant.pid());
      if (process.isPresent()) {
        tree.add(process.get());
      }
    }
    return Optional.of(new ProcessTree(tree));
  }

  /// CPU time of the tree so far: the living, and what each of them has reaped.
  double cpuMillis() {
    double millis = 0;
    for (ProcessStat process : processes) {
      millis += process.cpuMillis() + process.reapedMillis();
    }
    return millis;
  }

  /// CPU time of this process's children that have ended and been waited for.
  double reapedMillis() {
    return processes.getFirst().reapedMillis();
  }

  /// Memory of the tree: proportional set sizes, and the sum of each process's peak; empty where a
  /// process has just ended.
  Optional<Memory> memory() {
    long pssKib = 0;
    long peakKib = 0;
    for (ProcessStat process : processes) {
      Optional<Long> pss = kib(process, "smaps_rollup", "Pss");
      Optional<Long> peak = kib(process, "status", "VmHWM");
      if (pss.isEmpty() || peak.isEmpty()) {
        return Optional.empty();
      }
      pssKib += pss.get();
      peakKib += peak.get();
    }
    return Optional.of(new Memory(pssKib, peakKib));
  }

  private static Optional<Long> kib(ProcessStat process, String file, String name) {
    Optional<String> text = Proc.text(process.directory().resolve(file));
    return text.isEmpty() ? Optional.empty() : Proc.number(text.get(), name);
  }

  record Memory(long pssKib, long peakKib) {}

  /// The command lines of the Java processes of the tree, this one first.
  List<List<String>> javaCommands() {
    List<List<String>> commands = new ArrayList<>();
    for (ProcessStat process : processes) {
      String line = Proc.text(process.directory().resolve("cmdline")).orElse("");
      List<String> command = Arrays.asList(line.split("\0", -1));
      if (command.getFirst().endsWith("java")) {
        commands.add(command);
      }
    }
    return commands;
  }
}
