package dev.multijvm.multiprocessing.internal.launch;

import java.util.List;

/// What part of the machine a child JVM takes itself to own.
///
/// Without it, every JVM sizes its collector, its compilers and its common pool for the whole
/// machine and takes a quarter of the memory as its heap, and a pool of them takes it many times
/// over.
///
/// @param processors how many processors it sees
/// @param heapMebibytes how large its heap may grow
public record MachineShare(int processors, long heapMebibytes) {
  private static final long SMALLEST_HEAP_MEBIBYTES = 64;
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  public MachineShare {
    if (processors < 1) {
      throw new IllegalArgumentException("processors must be positive: " + processors);
    }
    if (heapMebibytes < 1) {
      throw new IllegalArgumentException("heapMebibytes must be positive: " + heapMebibytes);
    }
  }

  /// The share of one of `workers` equal children of this JVM: together they have this JVM's
  /// processors and as much heap as this JVM may have, at least one processor and 64 MiB each.
  public static MachineShare ofOneIn(int workers) {
    Runtime runtime = Runtime.getRuntime();
    long heapMebibytes = runtime.maxMemory() / BYTES_PER_MEBIBYTE;
    return new MachineShare(
        Math.max(1, runtime.availableProcessors() / workers),
        Math.max(SMALLEST_HEAP_MEBIBYTES, heapMebibytes / workers));
  }

  /// The options that give a JVM this share.
  public List<String> options() {
    return List.of("-XX:ActiveProcessorCount=" + processors, "-Xmx" + heapMebibytes + "m");
  }

  /// In words: `1 processor, heap up to 512 MiB`.
  @Override
  public String toString() {
    String noun = processors == 1 ? " processor" : " processors";
    return processors + noun + ", heap up to " + heapMebibytes + " MiB";
  }
}
