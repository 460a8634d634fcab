package dev.multijvm.benchmarks.workload;

/// The counting loop as the tutorials write it, kept as an exhibit: once compiled it takes no time
/// at all, whatever `steps` is, because the compiler replaces the loop by its result.
///
/// It must never stand for CPU-bound work; the honesty gates refuse it.
///
/// @param steps how far to count; not negative
public record FoldedLoop(long steps) implements SteppedWorkload {

  public FoldedLoop {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative: " + steps);
    }
  }

  @Override
  public String kernel() {
    return "folded-loop";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return steps;
  }

  @Override
  public FoldedLoop withSteps(long steps) {
    return new FoldedLoop(steps);
  }

  /// One addition, each of which needs the one before.
  @Override
  public double floorCycles() {
    return 0.5;
  }

  @Override
  public Long call() {
    return count(steps);
  }

  private static long count(long steps) {
    long r = 0;
    for (long i = 0; i < steps; i++) {
      r += 1;
    }
    return r;
  }
}
