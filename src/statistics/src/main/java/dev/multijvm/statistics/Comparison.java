package dev.multijvm.statistics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One benchmark's comparison of head with base as pairs come in: a series that stops as soon as a
/// look decides, and if it says "regressed", a second series of fresh pairs whose verdict counts
/// alone.
///
/// The confirmation makes false alarms rarer than one in a thousand for each benchmark, so that a
/// gate over many of them needs no further correction.
///
/// @param design how both series are judged
/// @param first ln(head / base) of each pair of the first series
/// @param confirmation the same of the second series; empty unless the first one says "regressed"
public record Comparison(SequentialDesign design, List<Double> first, List<Double> confirmation) {
  public Comparison {
    first = List.copyOf(first);
    confirmation = List.copyOf(confirmation);
  }

  /// A comparison without any pair yet.
  public static Comparison of(SequentialDesign design) {
    return new Comparison(design, List.of(), List.of());
  }

  /// This comparison and one more pair.
  ///
  /// @param logarithm ln(head / base)
  /// @throws IllegalStateException if it is decided already
  public Comparison with(double logarithm) {
    Numbers.requireFinite(logarithm);
    if (decided().isPresent()) {
      throw new IllegalStateException("decided already: " + decided().get());
    }
    return isConfirming()
        ? new Comparison(design, first, append(confirmation, logarithm))
        : new Comparison(design, append(first, logarithm), confirmation);
  }

  /// Whether the first series says "regressed", so that pairs now belong to the second.
  public boolean isConfirming() {
    return decision(first).filter(verdict -> verdict instanceof Verdict.Regressed).isPresent();
  }

  /// The verdict, once no further pair is wanted.
  public Optional<Verdict> decided() {
    return isConfirming() ? decision(confirmation) : decision(first);
  }

  /// The verdict if no further pair can be had: a slowdown that nothing confirmed is not claimed.
  /// Empty where the series that counts has no pair at all.
  public Optional<Verdict> concluded() {
    if (isConfirming() && !confirmation.isEmpty()) {
      return Optional.of(judge(confirmation));
    }
    return first.isEmpty() ? Optional.empty() : Optional.of(unconfirmed(judge(first)));
  }

  /// How many pairs the next look is away; zero once decided.
  public int pairsToNextLook() {
    if (decided().isPresent()) {
      return 0;
    }
    int pairs = isConfirming() ? confirmation.size() : first.size();
    return design.looks().after(pairs).orElseThrow() - pairs;
  }

  /// How many pairs there are in all.
  public int pairs() {
    return first.size() + confirmation.size();
  }

  private Verdict unconfirmed(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Regressed(Interval ratio) ->
          new Verdict.Inconclusive(ratio, first.size() + design.looks().looks().getFirst().pairs());
      case Verdict.Improved _, Verdict.Same _, Verdict.Inconclusive _ -> verdict;
    };
  }

  private Optional<Verdict> decision(List<Double> series) {
    if (design.looks().looks().stream().noneMatch(look -> look.pairs() == series.size())) {
      return Optional.empty();
    }
    Verdict verdict = judge(series);
    return switch (verdict) {
      case Verdict.Regressed _, Verdict.Improved _, Verdict.Same _ -> Optional.of(verdict);
      case Verdict.Inconclusive _ ->
          series.size() == design.looks().most() ? Optional.of(verdict) : Optional.empty();
    };
  }

  private Verdict judge(List<Double> series) {
    return design.judge(series.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static List<Double> append(List<Double> series, double logarithm) {
    return Stream.concat(series.stream(), Stream.of(logarithm)).toList();
  }
}
