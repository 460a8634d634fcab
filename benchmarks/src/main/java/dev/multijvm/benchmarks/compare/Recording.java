package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.machine.MachineReading;
import dev.multijvm.statistics.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Records slots of one case, one after the other, all of the same jar.
///
/// @param directory where the files of the slots go
/// @param tolerance a slot with more foreign CPU is recorded again
record Recording(JmhJar jar, Path directory, Tolerance tolerance, Progress progress) {
  /// The case of that id.
  ///
  /// @throws NotValidException if the jar has none
  Case find(String id) throws InterruptedException {
    return jar.cases(directory.resolve("cases.log")).stream()
        .filter(candidate -> candidate.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new NotValidException(
                "No such case: " + id, "scripts/compare HEAD HEAD --list --include . names all."));
  }

  /// Slots in the order they were recorded.
  ///
  /// @param nanos for one operation
  /// @param slotSeconds how long one took, in the median
  record Recorded(List<Double> nanos, double slotSeconds) {
    Recorded {
      nanos = List.copyOf(nanos);
    }
  }

  /// Records `count` slots.
  Recorded record(Case measured, int count) throws InterruptedException {
    List<Double> nanos = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    int disturbed = 0;
    while (nanos.size() < count) {
      Path files = directory.resolve(String.format(Locale.ROOT, "%04d", nanos.size() + 1));
      MachineReading before = MachineReading.now();
      Slot slot = jar.measure(measured, Selection.settings(measured), files, progress::locked);
      MachineReading after = MachineReading.now();
      List<String> disturbances = tolerance.disturbances(after.since(before));
      if (disturbances.isEmpty()) {
        nanos.add(slot.nanos());
        seconds.add((after.nanos() - before.nanos()) / 1e9);
        Duration each = Duration.ofNanos(after.nanos() - before.nanos());
        progress.recorded(slot.nanos(), nanos.size(), count, each);
      } else {
        disturbed++;
        progress.disturbed(measured, disturbances);
        tolerance.requireQuiet(disturbed, nanos.size(), disturbances);
        Thread.sleep(Tolerance.PAUSE);
      }
    }
    return new Recorded(nanos, Samples.of(seconds).median());
  }
}
