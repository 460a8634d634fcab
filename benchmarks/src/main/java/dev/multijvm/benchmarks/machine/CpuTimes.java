package dev.multijvm.benchmarks.machine;

import java.nio.file.Path;
import java.util.Optional;

/// What the kernel has counted for all processors together since it booted: `/proc/stat`.
///
/// Busy time is what is left of the elapsed time after idling and stealing. The kernel measures
/// idling exactly but finds out who is busy by looking once a tick, which misses work that sleeps
/// between the ticks.
///
/// @param idleMillis nothing to do, or waiting for a disk
/// @param stealMillis taken away by the hypervisor
/// @param processors those on line
record CpuTimes(double idleMillis, double stealMillis, int processors) {
  static Optional<CpuTimes> now() {
    return Proc.text(Path.of("/proc/stat")).flatMap(CpuTimes::parse);
  }

  /// Reads the text of `/proc/stat`; empty where it is not what the kernel writes (some sandboxes
  /// write zeros).
  static Optional<CpuTimes> parse(String text) {
    String[] all =
        text.lines()
            .filter(line -> line.startsWith("cpu "))
            .findFirst()
            .orElse("")
            .split("\\s+", -1);
    int processors = (int) text.lines().filter(line -> line.matches("cpu\\d+ .*")).count();
    if (all.length < 9 || processors == 0) {
      return Optional.empty();
    }
    long idle = Long.parseLong(all[4]) + Long.parseLong(all[5]);
    return idle == 0
        ? Optional.empty()
        : Optional.of(
            new CpuTimes(
                idle * Proc.MILLIS_PER_TICK,
                Long.parseLong(all[8]) * Proc.MILLIS_PER_TICK,
                processors));
  }
}
