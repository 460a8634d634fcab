package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.MachineUse;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one slot measured, as its file in `slots/` keeps it; `results/README.md` says what each
/// field means.
///
/// @param seconds from the launch until no process of the slot was left
/// @param settleSeconds waited afterwards until the machine was quiet
/// @param maxForeignPercent of stolen or foreign CPU time, above which the slot was to be rejected;
///   `null` in slots kept by an earlier version
/// @param memory whose the memory is; `null` where that is unknown
/// @param readings what else the suite told of its operations, by name
/// @param jmh JMH's own result, untouched; `null` where it gave none
public record SlotRecord(
    String format,
    String variant,
    int round,
    int position,
    Instant started,
    double seconds,
    double settleSeconds,
    Status status,
    List<String> reasons,
    @Nullable Double maxForeignPercent,
    List<String> doubts,
    String unit,
    List<Double> warmup,
    List<Double> iterations,
    @Nullable Double cpuMillis,
    @Nullable Double pssMiB,
    @Nullable Double peakMiB,
    @Nullable Memory memory,
    Map<String, Double> readings,
    MachineUse machine,
    List<Jvm> processes,
    @Nullable JsonNode jmh) {
  public static final String FORMAT = "multijvm-slot/1";

  /// Whether the numbers count. The names are those of the file.
  public enum Status {
    valid,
    /// Known without the score to be disturbed from outside.
    rejected,
    /// The benchmark threw, did not end, or its JVMs were not alike.
    failed
  }

  /// One of the slot's JVMs.
  ///
  /// @param role `fork`, or `worker` for every other JVM of its tree
  /// @param arguments the flags of its command line
  public record Jvm(String role, List<String> arguments) {
    public Jvm {
      arguments = List.copyOf(arguments);
    }
  }

  /// Whose the memory is. What is left of the slot's `pssMiB` is shared by several processes.
  ///
  /// @param programPrivateMiB pages that belong to no worker and to one process alone
  /// @param workers in processes of their own
  /// @param workerPrivateMiB pages of a worker that no other process maps, the median; `null`
  ///   without workers
  /// @param workerSharedMiB pages of a worker that others map too, in full; likewise
  public record Memory(
      double programPrivateMiB,
      int workers,
      @Nullable Double workerPrivateMiB,
      @Nullable Double workerSharedMiB) {}

  public SlotRecord {
    reasons = List.copyOf(reasons);
    doubts = List.copyOf(doubts);
    warmup = List.copyOf(warmup);
    iterations = List.copyOf(iterations);
    processes = List.copyOf(processes);
    // Slots kept by an earlier version have none.
    readings = readings == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(readings));
    jmh = jmh == null || jmh.isNull() ? null : jmh;
  }

  /// All the time the slot took from the run.
  public double totalSeconds() {
    return seconds + settleSeconds;
  }
}
