package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.machine.MachineUse;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Records of slots for tests.
final class Slots {
  private Slots() {}

  static SlotRecord slot(String variant, int round, int position, Status status) {
    return slot(variant, round, position, status, 2);
  }

  static SlotRecord slot(String variant, int round, int position, Status status, double seconds) {
    return slot(variant, round, position, status, seconds, List.of(1.0, 1.5));
  }

  static SlotRecord timed(String variant, int round, int position, double time) {
    return slot(variant, round, position, Status.valid, 2, List.of(time));
  }

  private static SlotRecord slot(
      String variant,
      int round,
      int position,
      Status status,
      double seconds,
      List<Double> iterations) {
    return new SlotRecord(
        SlotRecord.FORMAT,
        variant,
        round,
        position,
        Instant.parse("2026-11-21T06:00:12.345Z"),
        seconds,
        0.5,
        status,
        status == Status.valid ? List.of() : List.of("for a reason"),
        3.0,
        List.of(),
        "ms",
        List.of(2.0),
        iterations,
        3.0,
        null,
        null,
        null,
        Map.of(),
        new MachineUse(0.0, 0.5, 1.0, null, null),
        List.of(new SlotRecord.Jvm("fork", List.of("-Xmx64m"))),
        null);
  }
}
