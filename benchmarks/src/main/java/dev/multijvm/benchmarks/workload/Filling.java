package dev.multijvm.benchmarks.workload;

/// Makes the bytes of a [Payload] again and again: what a task does that answers with many bytes.
///
/// @param steps how many times 64 KiB; not negative
public record Filling(long steps) implements SteppedWorkload {

  private static final int BYTES = 1 << 16;

  public Filling {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative: " + steps);
    }
  }

  @Override
  public String kernel() {
    return "filling";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Filling withSteps(long steps) {
    return new Filling(steps);
  }

  /// No core stores more than 128 bytes in a cycle.
  @Override
  public double floorCycles() {
    return BYTES / 128.0;
  }

  @Override
  public long answer() {
    return steps * Payload.sumOf(BYTES);
  }

  @Override
  public Long call() {
    long sum = 0;
    for (long i = 0; i < steps; i++) {
      sum += Payload.sum(Payload.filled(BYTES));
    }
    return sum;
  }
}
