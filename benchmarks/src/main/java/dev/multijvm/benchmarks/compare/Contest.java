package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Comparison;
import dev.multijvm.statistics.Samples;
import dev.multijvm.statistics.SequentialDesign;
import dev.multijvm.statistics.SignedRank;
import dev.multijvm.statistics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// One case on its way to a verdict: its pairs so far. Only the measuring thread writes it.
final class Contest {
  private final Case measured;
  private final List<Pair> pairs = new ArrayList<>();
  private Comparison comparison;

  Contest(Case measured, SequentialDesign design) {
    this.measured = measured;
    this.comparison = Comparison.of(design);
  }

  /// Two slots, one after the other.
  ///
  /// @param baseNanos base's time for one operation
  /// @param headNanos head's
  /// @param seconds how long both slots took in all
  record Pair(double baseNanos, double headNanos, double seconds) {
    double logarithm() {
      return Math.log(headNanos / baseNanos);
    }
  }

  void add(Pair pair) {
    pairs.add(pair);
    comparison = comparison.with(pair.logarithm());
  }

  Case measured() {
    return measured;
  }

  List<Pair> pairs() {
    return List.copyOf(pairs);
  }

  Comparison comparison() {
    return comparison;
  }

  boolean isDecided() {
    return comparison.decided().isPresent();
  }

  /// The verdict as far as it goes; empty where nothing was measured.
  Optional<Verdict> verdict() {
    return comparison.decided().or(comparison::concluded);
  }

  OptionalDouble baseNanos() {
    return median(Pair::baseNanos);
  }

  OptionalDouble headNanos() {
    return median(Pair::headNanos);
  }

  /// How long a pair takes.
  OptionalDouble pairSeconds() {
    return median(Pair::seconds);
  }

  /// The smallest slowdown that the full series would have seen nine times in ten; unknown with few
  /// pairs.
  OptionalDouble smallestVisible() {
    double[] longest =
        (comparison.confirmation().size() > comparison.first().size()
                ? comparison.confirmation()
                : comparison.first())
            .stream().mapToDouble(Double::doubleValue).toArray();
    return longest.length < SignedRank.FEWEST_PAIRS
        ? OptionalDouble.empty()
        : OptionalDouble.of(comparison.design().smallestVisible(longest));
  }

  private OptionalDouble median(ToDoubleFunction<Pair> part) {
    DoubleStream values = pairs.stream().mapToDouble(part);
    return pairs.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Samples.median(values.toArray()));
  }
}
