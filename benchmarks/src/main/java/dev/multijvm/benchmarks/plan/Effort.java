package dev.multijvm.benchmarks.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How much is measured.
public enum Effort {
  /// One slot each of a few variants: does everything run?
  SMOKE(1, Duration.ofMinutes(1)),
  /// The main job: three modes, six rounds, five minutes.
  QUICK(6, Duration.ofMinutes(5)),
  /// All modes and points: an hour.
  FULL(6, Duration.ofMinutes(60));

  private final int rounds;
  private final Duration time;

  Effort(int rounds, Duration time) {
    this.rounds = rounds;
    this.time = time;
  }

  /// So many rounds are wanted where nobody says how long the run may take.
  int rounds() {
    return rounds;
  }

  /// So long it may take where nobody says.
  Duration time() {
    return time;
  }

  /// The name on the command line and in files.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Effort> of(String id) {
    return Arrays.stream(values()).filter(effort -> effort.id().equals(id)).findFirst();
  }

  public static String ids() {
    return Arrays.stream(values()).map(Effort::id).collect(Collectors.joining(", "));
  }
}
