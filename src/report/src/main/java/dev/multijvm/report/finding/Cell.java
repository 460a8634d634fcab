package dev.multijvm.report.finding;

import dev.multijvm.report.run.Slot;
import dev.multijvm.report.run.Status;
import dev.multijvm.report.run.Variant;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Looks;
import dev.multijvm.statistics.PairedRatio;
import dev.multijvm.statistics.Samples;
import dev.multijvm.statistics.SignedRank;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything measured of one variant: its valid slots, at most one of each round.
///
/// @param slots by round; where a round has two, as after a resumed run, the later one
public record Cell(Variant variant, NavigableMap<Integer, Slot> slots) {
  public Cell {
    slots = Collections.unmodifiableNavigableMap(new TreeMap<>(slots));
  }

  static Cell of(Variant variant, List<Slot> all) {
    NavigableMap<Integer, Slot> slots = new TreeMap<>();
    all.stream()
        .filter(slot -> slot.variant().equals(variant.id()) && slot.status() == Status.VALID)
        .forEach(slot -> slots.put(slot.round(), slot));
    return new Cell(variant, slots);
  }

  public Mode mode() {
    return Mode.of(variant.mode());
  }

  public int rounds() {
    return slots.size();
  }

  public boolean isEmpty() {
    return slots.isEmpty();
  }

  /// The time of one operation in milliseconds: Hodges and Lehmann's estimate over the rounds, of
  /// logarithms.
  public Estimate millis() {
    double[] logarithms = times().values().stream().mapToDouble(Math::log).toArray();
    return SignedRank.interval(logarithms, Looks.RUN.level(logarithms.length)).map(Math::exp);
  }

  /// How many times as long this takes as `other`, paired by round; empty where they share no
  /// round.
  public Optional<PairedRatio> ratioTo(Cell other) {
    return common(times(), other.times())
        .map(pairs -> PairedRatio.of(pairs.first(), pairs.second()));
  }

  /// How many milliseconds longer this takes than `other`, paired by round; empty where they share
  /// no round.
  public Optional<Estimate> excessOver(Cell other) {
    return common(times(), other.times()).map(Cell::difference);
  }

  private static Estimate difference(Pairs pairs) {
    return SignedRank.interval(pairs.differences(), Looks.RUN.level(pairs.differences().length));
  }

  /// How many times as much CPU time, paired by round; empty where they share no round that knows
  /// it, and where it was too little for the clock in one: without that round the ratio would lean.
  public Optional<PairedRatio> cpuRatioTo(Cell other) {
    return common(known(Slot::cpuMillis), other.known(Slot::cpuMillis))
        .filter(Pairs::arePositive)
        .map(pairs -> PairedRatio.of(pairs.first(), pairs.second()));
  }

  /// CPU time of the process tree for one operation, in milliseconds: the median over rounds that
  /// know it.
  public OptionalDouble cpuMillis() {
    return median(Slot::cpuMillis);
  }

  /// Memory of the process tree before tear-down: the median over rounds that know it.
  public OptionalDouble pssMiB() {
    return median(Slot::pssMiB);
  }

  /// Sum of the processes' peaks: the median over rounds that know it.
  public OptionalDouble peakMiB() {
    return median(Slot::peakMiB);
  }

  /// Whose the memory is; empty where no round knows it.
  public Optional<Memory> memory() {
    return Memory.of(List.copyOf(slots.values()));
  }

  /// By how much more the suite told under a name than it did of `other`, paired by round; empty
  /// where they share no round.
  public Optional<Estimate> excessOver(Cell other, String name) {
    return common(told(name), other.told(name)).map(Cell::difference);
  }

  private NavigableMap<Integer, Double> told(String name) {
    NavigableMap<Integer, Double> told = new TreeMap<>();
    slots.forEach((round, slot) -> {
      Map<String, Double> readings = slot.readings();
      Double value = readings == null ? null : readings.get(name);
      if (value != null) {
        told.put(round, value);
      }
    });
    return told;
  }

  /// What else the suite told under a name: the median over rounds that know it. Percentiles are in
  /// milliseconds.
  public OptionalDouble reading(String name) {
    double perMilli = isPercentile(name) ? perMilli() : 1;
    double[] known =
        slots.values().stream()
            .flatMap(slot -> Stream.ofNullable(slot.readings()))
            .flatMap(readings -> Stream.ofNullable(readings.get(name)))
            .mapToDouble(value -> value / perMilli)
            .toArray();
    return known.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Samples.median(known));
  }

  /// The names of what the suite told but for percentiles.
  public List<String> tellings() {
    return slots.values().stream()
        .flatMap(slot -> Stream.ofNullable(slot.readings()))
        .flatMap(readings -> readings.keySet().stream())
        .filter(name -> !isPercentile(name))
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean isPercentile(String name) {
    return name.matches("p[0-9.]+");
  }

  private double perMilli() {
    return variant.unit().equals("us") ? 1000 : 1;
  }

  /// Milliseconds of one operation, by round.
  public NavigableMap<Integer, Double> times() {
    return known(slot -> slot.time() / perMilli());
  }

  private OptionalDouble median(Function<Slot, @Nullable Double> value) {
    NavigableMap<Integer, Double> known = known(value);
    return known.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Samples.of(known.values()).median());
  }

  private NavigableMap<Integer, Double> known(Function<Slot, @Nullable Double> value) {
    NavigableMap<Integer, Double> known = new TreeMap<>();
    slots.forEach((round, slot) -> {
      Double found = value.apply(slot);
      if (found != null) {
        known.put(round, found);
      }
    });
    return known;
  }

  private static Optional<Pairs> common(
      NavigableMap<Integer, Double> first, NavigableMap<Integer, Double> second) {
    List<Integer> rounds = first.keySet().stream().filter(second::containsKey).toList();
    return rounds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Pairs(values(first, rounds), values(second, rounds)));
  }

  private static double[] values(NavigableMap<Integer, Double> values, List<Integer> rounds) {
    return rounds.stream().mapToDouble(round -> values.getOrDefault(round, 0.0)).toArray();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Pairs(double[] first, double[] second) {
    double[] differences() {
      double[] differences = new double[first.length];
      Arrays.setAll(differences, i -> first[i] - second[i]);
      return differences;
    }

    boolean arePositive() {
      return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).allMatch(v -> v > 0);
    }
  }
}
