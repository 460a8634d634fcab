package dev.multijvm.benchmarks.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// What a run will measure, as `plan.json` keeps it.
///
/// @param seed of the order in which each round goes through the variants
/// @param rounds wanted; the time may allow fewer
/// @param looks after how many rounds intervals may be looked at
/// @param timeSeconds that measuring may take
public record Plan(
    String format,
    Instant started,
    String effort,
    long seed,
    int workers,
    int rounds,
    List<Integer> looks,
    long timeSeconds,
    List<Variant> variants,
    List<LeftOut> leftOut) {
  public static final String FORMAT = "multijvm-plan/1";

  /// A variant that is not measured.
  ///
  /// @param reason in words
  public record LeftOut(String id, String reason) {}

  public Plan {
    looks = List.copyOf(looks);
    variants = List.copyOf(variants);
    leftOut = List.copyOf(leftOut);
  }

  public Duration time() {
    return Duration.ofSeconds(timeSeconds);
  }

  /// The variants in the order of one round, which depends on the seed and the round alone.
  ///
  /// @param round from 1
  public List<Variant> round(int round) {
    List<Variant> order = new ArrayList<>(variants);
    Collections.shuffle(order, new Random(31 * seed + round));
    return order;
  }
}
