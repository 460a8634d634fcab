package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotJudge;
import dev.multijvm.benchmarks.slot.SlotRecord;
import dev.multijvm.benchmarks.slot.SlotRecord.Status;
import java.util.ArrayList;
import java.util.List;

/// Says how valid a run is.
final class Ending {
  private Ending() {}

  /// Tells it, and returns whether the run is valid at all.
  static boolean tell(Run run, Progress progress) {
    History history = run.history();
    progress.say(
        history.slots().size()
            + " slots: "
            + count(history, Status.valid)
            + " valid, "
            + count(history, Status.rejected)
            + " rejected, "
            + history.failed().size()
            + " failed; "
            + history.slots().stream().filter(it -> !it.doubts().isEmpty()).count()
            + " with doubts.");
    gaps(run).forEach(progress::say);
    unsteady(run).forEach(progress::say);
    List<String> faults = new ArrayList<>(run.dishonest());
    faults.addAll(history.faults(run.plan()));
    faults.forEach(fault -> progress.warn("Not valid: " + fault));
    progress.say(run.directory().path() + (faults.isEmpty() ? " is valid." : " is not valid."));
    return faults.isEmpty();
  }

  private static long count(History history, Status status) {
    return history.slots().stream().map(SlotRecord::status).filter(status::equals).count();
  }

  /// Chance marks one slot in 24; half of a variant's slots is no chance.
  private static List<String> unsteady(Run run) {
    List<String> lines = new ArrayList<>();
    for (Variant variant : run.plan().variants()) {
      List<SlotRecord> slots = run.history().valid(variant);
      long falling = slots.stream().filter(SlotJudge::isUnsteady).count();
      if (falling > 1 && 2 * falling >= slots.size()) {
        lines.add(
            "Warm-up too short: "
                + variant.id()
                + " still became faster in "
                + falling
                + " of "
                + slots.size()
                + " slots.");
      }
    }
    return lines;
  }

  /// A variant is compared in the rounds in which it has a slot that counts.
  private static List<String> gaps(Run run) {
    List<String> lines = new ArrayList<>();
    for (Variant variant : run.plan().variants()) {
      int missing = run.history().gaps(variant).size();
      if (missing > 0) {
        lines.add(
            "Gap: "
                + variant.id()
                + " has no valid slot in "
                + missing
                + " of "
                + run.history().rounds()
                + " rounds.");
      }
    }
    return lines;
  }
}
