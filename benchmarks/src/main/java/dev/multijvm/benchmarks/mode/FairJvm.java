package dev.multijvm.benchmarks.mode;

import java.util.ArrayList;
import java.util.List;

/// The arguments of the measuring fork and of the workers, chosen so that no mode wins by its JVM.
///
/// All processes of an operation get the same collector, compilers and number of processors; what a
/// JVM would pick by the memory or the CPUs it sees is said explicitly. They differ in the heap
/// alone, whose sum is the same in every mode: the modes that live in the fork have it in one
/// piece, the process pool shares it evenly between the fork and its workers.
public final class FairJvm {

  public static final String COLLECTOR = "-XX:+UseG1GC";
  public static final String COMPILERS = "-XX:+TieredCompilation";

  /// JMH 1.37 uses `sun.misc.Unsafe`, which would be announced on stderr.
  public static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

  /// The shared primitives sleep in a system call.
  public static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  /// At its exit a JVM waits 300 ms for threads that read, which would be a slot's greatest cost.
  public static final String EXIT = "-XX:UserThreadWaitAttemptsAtExit=0";

  /// A pool that finds no cache has one trained after some seconds, which would be beside the
  /// clock.
  public static final String NO_TRAINING = "-Dmultijvm.training=false";

  private static final int HEAP_MIB = 1024;
  private static final int SMALLEST_SHARE_MIB = 64;

  /// A multiple of what the collector rounds heaps up to, or the sum would not hold.
  private static final int ALIGNMENT_MIB = 4;

  private FairJvm() {}

  /// Returns the arguments of the fork that measures `mode` with `workers` workers.
  public static List<String> forkArguments(ExecutionMode mode, int workers) {
    int others = mode.processes(workers) - 1;
    return arguments(heapMiB(workers) - others * shareMiB(workers));
  }

  /// Returns the arguments of each worker of a process pool with `workers` workers.
  public static List<String> workerArguments(int workers) {
    return arguments(shareMiB(workers));
  }

  /// Returns the heap that all processes of an operation have together. It depends on nothing but
  /// the number of workers, so that runs on different machines compare.
  static int heapMiB(int workers) {
    return Math.max(HEAP_MIB, SMALLEST_SHARE_MIB * (workers + 1));
  }

  private static int shareMiB(int workers) {
    return heapMiB(workers) / (workers + 1) / ALIGNMENT_MIB * ALIGNMENT_MIB;
  }

  private static List<String> arguments(int heapMiB) {
    var arguments =
        new ArrayList<>(List.of(COLLECTOR, COMPILERS, UNSAFE, NATIVE, EXIT, NO_TRAINING));
    arguments.add("-XX:ActiveProcessorCount=" + Runtime.getRuntime().availableProcessors());
    arguments.add("-Xms" + heapMiB + "m");
    arguments.add("-Xmx" + heapMiB + "m");
    String workers = System.getProperty(Workers.PROPERTY);
    if (workers != null) {
      arguments.add("-D" + Workers.PROPERTY + "=" + workers);
    }
    return List.copyOf(arguments);
  }
}
