package dev.multijvm.benchmarks.runner;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a run measured no further, as `stop.json` keeps it.
///
/// @param rounds that have begun
/// @param widest by which share the limits of the least known ratio between modes are away from it;
///   `null` where there is none, or rounds are too few for an interval
/// @param runnerSeconds what the runner itself took for a slot, beside JMH and settling; `null`
///   where nothing was measured
record Stop(
    String format,
    Reason reason,
    int rounds,
    @Nullable Double widest,
    @Nullable Double runnerSeconds) {
  static final String FORMAT = "multijvm-stop/1";

  /// The names are those of the file.
  enum Reason {
    /// A planned look found every ratio between modes known within 2 %.
    precision,
    /// All rounds of the plan are there.
    rounds,
    /// Another round would not have ended in time.
    time,
    /// Somebody stopped it.
    interruption
  }

  /// For people, in a sentence.
  String text(int planned) {
    String why =
        switch (reason) {
          case precision -> "every ratio between modes is known within 2 %";
          case rounds -> "all of the plan";
          case time -> "the time is up, " + planned + " were wanted";
          case interruption -> "interrupted";
        };
    return "Stopped after "
        + rounds
        + (rounds == 1 ? " round: " : " rounds: ")
        + why
        + (widest == null || reason == Reason.precision
            ? "."
            : String.format(
                Locale.ROOT, "; the least known ratio is known within %.1f %%.", 100 * widest))
        + (runnerSeconds == null
            ? ""
            : String.format(
                Locale.ROOT,
                " The runner took %.2f s a slot, beside JMH and settling.",
                runnerSeconds));
  }
}
