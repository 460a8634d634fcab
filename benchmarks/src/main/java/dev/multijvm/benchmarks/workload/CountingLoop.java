package dev.multijvm.benchmarks.workload;

/// Counts to `steps`, one at a time: the CPU-bound program of every tutorial on threads and
/// processes, in a form that the compiler must execute.
///
/// The plain loop `r += 1` is folded to its result ([FoldedLoop]). Here each step adds one and the
/// sign bit of `r ^ i`. Both are never negative, so the bit is always 0 and the answer stays
/// `steps`; but to know that, a compiler would have to prove that `r` never overflows. The chain
/// from `r` to the next `r` is three dependent instructions.
///
/// @param steps how far to count; not negative
public record CountingLoop(long steps) implements SteppedWorkload {

  public CountingLoop {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative: " + steps);
    }
  }

  @Override
  public String kernel() {
    return "counting-loop";
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
  public CountingLoop withSteps(long steps) {
    return new CountingLoop(steps);
  }

  @Override
  public double floorCycles() {
    return 2.0;
  }

  @Override
  public Long call() {
    return count(steps);
  }

  private static long count(long steps) {
    long r = 0;
    for (long i = 0; i < steps; i++) {
      r = r + 1 + ((r ^ i) >>> 63);
    }
    return r;
  }
}
