package dev.multijvm.report.run;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a run's directory held that could be read, and what could not.
///
/// @param stop why it measured no further; null where nobody wrote that down
/// @param slots by round and position
/// @param troubles files that are missing or broken, slots and kernels that failed, and variants
///   without a valid slot, by place
public record Run(
    Path directory,
    Environment environment,
    Plan plan,
    Honesty honesty,
    @Nullable Stop stop,
    List<Slot> slots,
    List<Trouble> troubles) {
  public Run {
    slots = List.copyOf(slots);
    troubles = List.copyOf(troubles);
  }

  /// Whether all of the run can be relied on.
  public boolean isValid() {
    return troubles.isEmpty();
  }
}
