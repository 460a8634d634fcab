package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.machine.MachineUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How much of the machine others may use during a slot. Nothing else rejects one: steal and
/// foreign CPU are known without the score and are not the benchmark's doing.
///
/// @param percent of all processors' time
record Tolerance(double percent) {
  static final double DEFAULT_PERCENT = 3;

  /// After a disturbed slot: what disturbs lasts longer than a slot.
  static final Duration PAUSE = Duration.ofSeconds(5);

  /// Of so many disturbed pairs on, the good ones must be more.
  private static final int FIRST_DISTURBED = 6;

  Tolerance {
    if (!(percent >= 0)) {
      throw new IllegalArgumentException("percent must not be negative: " + percent);
    }
  }

  /// What was too much, in words; what could not be found out is not held against the slot.
  List<String> disturbances(MachineUse use) {
    List<String> disturbances = new ArrayList<>();
    addIfAbove(disturbances, use.stealPercent(), "stolen by the hypervisor");
    addIfAbove(disturbances, use.foreignPercent(), "used by other processes");
    return disturbances;
  }

  private void addIfAbove(List<String> disturbances, @Nullable Double used, String how) {
    if (used != null && used > percent) {
      disturbances.add(String.format(Locale.ROOT, "%.1f %% of the CPU %s", used, how));
    }
  }

  /// Stops a comparison that mostly repeats itself.
  ///
  /// @throws NotValidException if more pairs were disturbed than not
  void requireQuiet(int disturbed, int good, List<String> last) {
    if (disturbed > Math.max(FIRST_DISTURBED, good)) {
      throw new NotValidException(
          "The machine is too busy: %d pairs were disturbed, %d were not; the last by %s."
              .formatted(disturbed, good, String.join(" and ", last)),
          "Stop what else is running, or tolerate more with --max-foreign.");
    }
  }
}
