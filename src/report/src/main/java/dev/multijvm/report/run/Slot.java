package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.multijvm.statistics.Samples;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What one fork of one variant measured.
///
/// @param maxForeignPercent of stolen or foreign CPU time, above which it would have been rejected;
///   null where that was not yet written down
/// @param cpuMillis CPU time of the process tree for one operation; null where it could not be
///   found out
/// @param pssMiB memory of the tree, shared pages divided among their users; null likewise
/// @param peakMiB sum of the processes' peaks; null likewise
/// @param memory whose the memory is; null where it could not be found out
/// @param readings what else the suite told of its operations, by name, such as percentiles `p99`
///   in the slot's unit; null where it told nothing
/// @param jmh JMH's own result object, untouched; null where there is none
public record Slot(
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty(value = "variant", required = true) String variant,
    @JsonProperty(value = "round", required = true) int round,
    @JsonProperty(value = "position", required = true) int position,
    @JsonProperty(value = "started", required = true) String started,
    @JsonProperty("seconds") double seconds,
    @JsonProperty("settleSeconds") double settleSeconds,
    @JsonProperty(value = "status", required = true) Status status,
    @JsonProperty(value = "reasons", required = true) List<String> reasons,
    @JsonProperty(value = "doubts", required = true) List<String> doubts,
    @JsonProperty("maxForeignPercent") @Nullable Double maxForeignPercent,
    @JsonProperty(value = "unit", required = true) String unit,
    @JsonProperty(value = "iterations", required = true) List<Double> iterations,
    @JsonProperty("cpuMillis") @Nullable Double cpuMillis,
    @JsonProperty("pssMiB") @Nullable Double pssMiB,
    @JsonProperty("peakMiB") @Nullable Double peakMiB,
    @JsonProperty("memory") @Nullable Memory memory,
    @JsonProperty("readings") @Nullable Map<String, Double> readings,
    @JsonProperty("machine") @Nullable Machine machine,
    @JsonProperty("jmh") @Nullable JsonNode jmh) {
  static final String FORMAT = "multijvm-slot/1";

  /// Whose the memory is; what is left of `pssMiB` is shared by several processes.
  ///
  /// @param programPrivateMiB pages that belong to no worker and to one process alone
  /// @param workers in processes of their own
  /// @param workerPrivateMiB pages of a worker that no other process maps, the median; null without
  ///   workers
  /// @param workerSharedMiB pages of a worker that others map too, in full; likewise
  public record Memory(
      @JsonProperty(value = "programPrivateMiB", required = true) double programPrivateMiB,
      @JsonProperty(value = "workers", required = true) int workers,
      @JsonProperty("workerPrivateMiB") @Nullable Double workerPrivateMiB,
      @JsonProperty("workerSharedMiB") @Nullable Double workerSharedMiB) {
    public Memory {
      Formats.requireNotNegative("programPrivateMiB", programPrivateMiB);
      Formats.requireNotNegative("workerPrivateMiB", workerPrivateMiB);
      Formats.requireNotNegative("workerSharedMiB", workerSharedMiB);
    }
  }

  /// What else the machine did meanwhile; null is unknown.
  ///
  /// @param foreignPercent busy time that was not ours, in percent of all CPUs
  public record Machine(
      @JsonProperty("stealPercent") @Nullable Double stealPercent,
      @JsonProperty("foreignPercent") @Nullable Double foreignPercent,
      @JsonProperty("load1") @Nullable Double load1,
      @JsonProperty("pressureSomePercent") @Nullable Double pressureSomePercent,
      @JsonProperty("throttledMillis") @Nullable Double throttledMillis) {
    public Machine {
      Formats.requireFinite("stealPercent", stealPercent);
      Formats.requireFinite("foreignPercent", foreignPercent);
      Formats.requireFinite("load1", load1);
      Formats.requireFinite("pressureSomePercent", pressureSomePercent);
      Formats.requireFinite("throttledMillis", throttledMillis);
    }
  }

  public Slot {
    Formats.require(FORMAT, format);
    if (round < 1 || position < 1) {
      throw new IllegalArgumentException(
          "round and position must be positive: " + round + ", " + position);
    }
    reasons = List.copyOf(reasons);
    doubts = List.copyOf(doubts);
    iterations = List.copyOf(iterations);
    if (status == Status.VALID && iterations.isEmpty()) {
      throw new IllegalArgumentException("a valid slot must have iterations");
    }
    Formats.requireNotNegative("maxForeignPercent", maxForeignPercent);
    Formats.requireNotNegative("cpuMillis", cpuMillis);
    Formats.requireNotNegative("pssMiB", pssMiB);
    Formats.requireNotNegative("peakMiB", peakMiB);
    readings = readings == null ? null : Collections.unmodifiableMap(new TreeMap<>(readings));
    if (readings != null) {
      readings.forEach(Formats::requireFinite);
    }
    for (double time : iterations) {
      if (!(time > 0) || Double.isInfinite(time)) {
        throw new IllegalArgumentException("iterations must be positive: " + time);
      }
    }
  }

  @Override
  public @Nullable Double cpuMillis() {
    return cpuMillis == null ? null : (Double) EarlyCpu.millis(cpuMillis, jmh);
  }

  /// The slot's one number: the median of its iterations, in its unit.
  public double time() {
    return Samples.of(iterations).median();
  }
}
