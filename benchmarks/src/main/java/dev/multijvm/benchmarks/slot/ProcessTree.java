package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.Proc;
import dev.multijvm.benchmarks.machine.ProcessStat;
import dev.multijvm.statistics.Samples;
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

  /// Memory of each process of the tree; empty where a process has just ended.
  Optional<Memory> memory() {
    List<Resident> residents = new ArrayList<>();
    for (ProcessStat process : processes) {
      Optional<String> pages = Proc.text(process.directory().resolve("smaps_rollup"));
      Optional<String> status = Proc.text(process.directory().resolve("status"));
      if (pages.isEmpty() || status.isEmpty()) {
        return Optional.empty();
      }
      Optional<Long> pss = Proc.number(pages.get(), "Pss");
      Optional<Long> peak = Proc.number(status.get(), "VmHWM");
      if (pss.isEmpty() || peak.isEmpty()) {
        return Optional.empty();
      }
      residents.add(
          new Resident(
              process,
              pss.get(),
              both(pages.get(), "Private"),
              both(pages.get(), "Shared"),
              peak.get()));
    }
    return Optional.of(new Memory(residents));
  }

  private static long both(String pages, String kind) {
    return Proc.number(pages, kind + "_Clean").orElse(0L)
        + Proc.number(pages, kind + "_Dirty").orElse(0L);
  }

  /// One process.
  ///
  /// @param pssKib its pages, each divided by the number of processes that map it
  /// @param privateKib those that no other process maps
  /// @param sharedKib those that others map too, in full
  private record Resident(
      ProcessStat process, long pssKib, long privateKib, long sharedKib, long peakKib) {}

  /// The tree's memory. A worker is what descends from this process and has no child itself; the
  /// others are the program, an interpreter of Python's between it and its workers included.
  record Memory(List<Resident> residents) {

    long pssKib() {
      long sum = 0;
      for (Resident resident : residents) {
        sum += resident.pssKib;
      }
      return sum;
    }

    long peakKib() {
      long sum = 0;
      for (Resident resident : residents) {
        sum += resident.peakKib;
      }
      return sum;
    }

    /// Pages that each belong to one process of the program alone.
    long programPrivateKib() {
      long sum = 0;
      for (Resident resident : residents) {
        sum += isWorker(resident) ? 0 : resident.privateKib;
      }
      return sum;
    }

    int workerCount() {
      return workers().size();
    }

    /// The median over workers, of which there must be one.
    double workerPrivateKib() {
      double[] each = new double[workerCount()];
      for (int i = 0; i < each.length; i++) {
        each[i] = (double) workers().get(i).privateKib;
      }
      return Samples.median(each);
    }

    /// The median over workers, of which there must be one.
    double workerSharedKib() {
      double[] each = new double[workerCount()];
      for (int i = 0; i < each.length; i++) {
        each[i] = (double) workers().get(i).sharedKib;
      }
      return Samples.median(each);
    }

    private List<Resident> workers() {
      List<Resident> workers = new ArrayList<>();
      for (Resident resident : residents) {
        if (isWorker(resident)) {
          workers.add(resident);
        }
      }
      return workers;
    }

    private boolean isWorker(Resident resident) {
      if (resident.equals(residents.getFirst())) {
        return false;
      }
      for (Resident other : residents) {
        if (other.process.parent() == resident.process.pid()) {
          return false;
        }
      }
      return true;
    }
  }

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
