package dev.multijvm.benchmarks.compare;

import dev.multijvm.benchmarks.compare.Recording.Recorded;
import dev.multijvm.statistics.Looks;
import dev.multijvm.statistics.Rehearsal;
import dev.multijvm.statistics.SequentialDesign;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a self-test found.
///
/// @param recorded the slots it played with
/// @param tested when
/// @param equal comparisons of the slots with themselves
/// @param planted comparisons with 5 % added to head
/// @param visible the smallest slowdown, as a share, that is seen nine times in ten beyond the
///   design's margin, by the most pairs a comparison may take
/// @param resolution the same beyond a margin of almost nothing
record SelftestResult(
    String id,
    SequentialDesign design,
    Recorded recorded,
    Instant tested,
    Rehearsal.Tally equal,
    Rehearsal.Tally planted,
    NavigableMap<Integer, Double> visible,
    NavigableMap<Integer, Double> resolution) {
  private static final double PLANTED = 1.05;
  private static final double ALMOST_NOTHING = 0.001;
  private static final double ALLOWED_FALSE_ALARMS = 0.01;
  private static final int COMPARISONS = 2000;
  private static final int COMPARISONS_A_STEP = 300;
  private static final String SLOTS = "slotNanos";
  private static final String SECONDS = "slotSeconds";

  SelftestResult {
    visible = new TreeMap<>(visible);
    resolution = new TreeMap<>(resolution);
  }

  /// Plays the comparisons.
  ///
  /// @throws NotValidException if there are too few slots
  static SelftestResult of(
      String id, SequentialDesign design, Recorded recorded, Instant tested, long seed) {
    List<Double> nanos = recorded.nanos();
    if (nanos.size() < Rehearsal.FEWEST_SLOTS) {
      throw new NotValidException(
          nanos.size() + " slots are too few to tell anything.",
          "Record at least " + Rehearsal.FEWEST_SLOTS + ".");
    }
    double[] times = nanos.stream().mapToDouble(Double::doubleValue).toArray();
    Rehearsal rehearsal = new Rehearsal(times, design, seed);
    return new SelftestResult(
        id,
        design,
        recorded,
        tested,
        rehearsal.play(1, COMPARISONS),
        rehearsal.play(PLANTED, COMPARISONS),
        smallest(times, design, seed),
        smallest(times, design.withMargin(ALMOST_NOTHING), seed));
  }

  private static NavigableMap<Integer, Double> smallest(
      double[] times, SequentialDesign design, long seed) {
    NavigableMap<Integer, Double> smallest = new TreeMap<>();
    for (Looks.Look look : design.looks().looks()) {
      SequentialDesign shorter = design.withLooks(design.looks().upTo(look.pairs()));
      smallest.put(
          look.pairs(), new Rehearsal(times, shorter, seed).smallestVisible(COMPARISONS_A_STEP));
    }
    return smallest;
  }

  /// Whether false alarms are as rare as the gate promises.
  boolean isHonest() {
    return equal.regressed() <= ALLOWED_FALSE_ALARMS * equal.comparisons();
  }

  String text() {
    String head =
        String.format(
            Locale.ROOT,
            """
            %d slots of %s, %.1f s each; %d comparisons replayed from them
            no change    false alarms %s
                         called the same %s
                         %.1f pairs on average
                         intervals that enclose the truth %s; %.1f %% promised
            5 %% slower   seen %s
                         called the same %s
            Seen nine times in ten:
            """,
            recorded.nanos().size(),
            id,
            recorded.slotSeconds(),
            equal.comparisons(),
            percent(equal.share(equal.regressed())),
            percent(equal.share(equal.same())),
            (double) equal.pairs() / equal.comparisons(),
            percent(equal.share(equal.covered())),
            100 * (1 - 2 * design.looks().alpha()),
            percent(planted.share(planted.regressed())),
            percent(planted.share(planted.same())));
    return visible.keySet().stream().map(this::line).collect(Collectors.joining("", head, ""));
  }

  private String line(int pairs) {
    return String.format(
        Locale.ROOT,
        "  a slowdown of %.1f %% (%.1f %% without a margin) with %d pairs, at most %.0f s a case%n",
        100 * visible.getOrDefault(pairs, Double.NaN),
        100 * resolution.getOrDefault(pairs, Double.NaN),
        pairs,
        // Two slots a pair, and as many pairs again to confirm.
        4 * pairs * recorded.slotSeconds());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  String json() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("format", Resolution.FORMAT);
    root.put(Resolution.TESTED, tested.toString());
    root.put("case", id);
    root.put("mostPairs", design.looks().most());
    root.put("comparisons", equal.comparisons());
    root.put("falseAlarms", equal.regressed());
    root.put("covered", equal.covered());
    root.put("fivePerCentSeen", planted.regressed());
    root.put("fivePerCentCalledSame", planted.same());
    put(root.putObject("smallestVisible"), visible);
    put(root.putObject(Resolution.FIELD), resolution);
    root.put(SECONDS, recorded.slotSeconds());
    ArrayNode slots = root.putArray(SLOTS);
    recorded.nanos().forEach(slots::add);
    return root.toPrettyString() + "\n";
  }

  private static void put(ObjectNode node, NavigableMap<Integer, Double> byPairs) {
    byPairs.forEach((pairs, share) -> node.put(Integer.toString(pairs), share.doubleValue()));
  }

  /// The slots that an earlier self-test recorded.
  static Recorded recordedIn(Path file) {
    List<Double> nanos = new ArrayList<>();
    double seconds;
    try {
      JsonNode root = JsonMapper.shared().readTree(file);
      root.path(SLOTS).forEach(node -> nanos.add(node.asDouble(Double.NaN)));
      seconds = root.path(SECONDS).asDouble(Double.NaN);
    } catch (JacksonException e) {
      throw new NotValidException(
          file + ": " + e.getOriginalMessage(), "Name what a self-test has written.");
    }
    if (nanos.isEmpty() || !nanos.stream().allMatch(value -> value > 0) || !(seconds > 0)) {
      throw new NotValidException(
          file + " holds no times of slots.", "Name what a self-test has written.");
    }
    return new Recorded(nanos, seconds);
  }
}
