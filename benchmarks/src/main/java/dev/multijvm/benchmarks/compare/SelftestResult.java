package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Rehearsal;
import dev.multijvm.statistics.SequentialDesign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a self-test found.
///
/// @param nanos of the recorded slots, in order
/// @param equal comparisons of the slots with themselves
/// @param planted comparisons with 5 % added to head
/// @param visible the smallest slowdown, as a share, that is seen nine times in ten
record SelftestResult(
    String id,
    SequentialDesign design,
    List<Double> nanos,
    Rehearsal.Tally equal,
    Rehearsal.Tally planted,
    double visible) {
  private static final double PLANTED = 1.05;
  private static final double ALLOWED_FALSE_ALARMS = 0.01;
  private static final int COMPARISONS = 2000;
  private static final int COMPARISONS_A_STEP = 300;
  private static final String SLOTS = "slotNanos";

  SelftestResult {
    nanos = List.copyOf(nanos);
  }

  /// Plays the comparisons.
  ///
  /// @throws NotValidException if there are too few slots
  static SelftestResult of(String id, SequentialDesign design, List<Double> nanos, long seed) {
    if (nanos.size() < Rehearsal.FEWEST_SLOTS) {
      throw new NotValidException(
          nanos.size() + " slots are too few to tell anything.",
          "Record at least " + Rehearsal.FEWEST_SLOTS + ".");
    }
    Rehearsal rehearsal =
        new Rehearsal(nanos.stream().mapToDouble(Double::doubleValue).toArray(), design, seed);
    return new SelftestResult(
        id,
        design,
        nanos,
        rehearsal.play(1, COMPARISONS),
        rehearsal.play(PLANTED, COMPARISONS),
        rehearsal.smallestVisible(COMPARISONS_A_STEP));
  }

  /// Whether false alarms are as rare as the gate promises.
  boolean isHonest() {
    return equal.regressed() <= ALLOWED_FALSE_ALARMS * equal.comparisons();
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """
        %d slots of %s, %d comparisons each
        no change    false alarms %s
                     called the same %s
                     %.1f pairs on average
                     intervals that enclose the truth %s; %.1f %% promised
        5 %% slower   seen %s
                     called the same %s
        The smallest slowdown seen nine times in ten: %.1f %%
        """,
        nanos.size(),
        id,
        equal.comparisons(),
        percent(equal.share(equal.regressed())),
        percent(equal.share(equal.same())),
        (double) equal.pairs() / equal.comparisons(),
        percent(equal.share(equal.covered())),
        100 * (1 - 2 * design.looks().alpha()),
        percent(planted.share(planted.regressed())),
        percent(planted.share(planted.same())),
        100 * visible);
  }

  private static String percent(Interval share) {
    return String.format(
        Locale.ROOT,
        "%.2f %% [%.2f, %.2f]",
        100 * share.estimate(),
        100 * share.low(),
        100 * share.high());
  }

  String json() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("format", "multijvm-selftest/1");
    root.put("case", id);
    root.put("mostPairs", design.looks().most());
    root.put("comparisons", equal.comparisons());
    root.put("falseAlarms", equal.regressed());
    root.put("covered", equal.covered());
    root.put("fivePerCentSeen", planted.regressed());
    root.put("fivePerCentCalledSame", planted.same());
    root.put("smallestVisible", visible);
    ArrayNode slots = root.putArray(SLOTS);
    nanos.forEach(slots::add);
    return root.toPrettyString() + "\n";
  }

  /// The slots that an earlier self-test recorded.
  static List<Double> recordedIn(Path file) {
    List<Double> nanos = new ArrayList<>();
    try {
      JsonNode root = JsonMapper.shared().readTree(file);
      root.path(SLOTS).forEach(node -> nanos.add(node.asDouble(Double.NaN)));
    } catch (JacksonException e) {
      throw new NotValidException(
          file + ": " + e.getOriginalMessage(), "Name what a self-test has written.");
    }
    if (nanos.isEmpty() || !nanos.stream().allMatch(value -> value > 0)) {
      throw new NotValidException(
          file + " holds no times of slots.", "Name what a self-test has written.");
    }
    return nanos;
  }
}
