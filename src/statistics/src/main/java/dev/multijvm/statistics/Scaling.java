package dev.multijvm.statistics;

import java.util.OptionalDouble;

/// How well work spreads over workers.
///
/// @param workers how many work at once, at least 1
/// @param speedUp time with one worker over time with `workers`
/// @see <a href="https://doi.org/10.1145/78607.78614">Karp and Flatt (1990)</a>
public record Scaling(int workers, double speedUp) {
  public Scaling {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be positive: " + workers);
    }
    Numbers.requirePositive(speedUp);
  }

  /// From times for the same work.
  public static Scaling ofTimes(double withOneWorker, double withAllWorkers, int workers) {
    Numbers.requirePositive(withOneWorker, withAllWorkers);
    return new Scaling(workers, withOneWorker / withAllWorkers);
  }

  /// The speed-up each worker contributes; 1 is ideal.
  public double efficiency() {
    return speedUp / workers;
  }

  /// The share of the work that behaves as if it were serial, by Karp and Flatt; negative where the
  /// speed-up is more than the number of workers. With one worker it is not defined.
  public OptionalDouble serialFraction() {
    if (workers == 1) {
      return OptionalDouble.empty();
    }
    double ideal = 1.0 / workers;
    return OptionalDouble.of((1 / speedUp - ideal) / (1 - ideal));
  }
}
