package dev.multijvm.benchmarks.workload;

/// Marsaglia's xorshift generator: the frozen kernel by which machines, days and other kernels are
/// measured.
///
/// Each step is six dependent one-cycle instructions in registers, so its time shows the CPU's
/// clock and who else wants the core, and nothing of memory or compilers. It must never change:
/// ratios to it connect runs over years.
///
/// @param steps how often the generator advances; not negative
/// @see <a href="https://doi.org/10.18637/jss.v008.i14">Marsaglia, Xorshift RNGs</a>
public record Ruler(long steps) implements SteppedWorkload {

  /// The dependent instructions, thus cycles, of one step. Where a shift and an exclusive-or are
  /// one instruction of less than two cycles, a cycle found by the ruler is too short by up to a
  /// half.
  public static final int CYCLES_PER_STEP = 6;

  private static final long SEED = 88_172_645_463_325_252L;

  public Ruler {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must not be negative: " + steps);
    }
  }

  @Override
  public String kernel() {
    return "ruler";
  }

  @Override
  public int version() {
    return 1;
  }

  /// A step is linear over the bits, so `steps` of them are one power of a 64 by 64 matrix.
  @Override
  public long answer() {
    return BitMatrix.of(Ruler::step).power(steps).times(SEED);
  }

  @Override
  public Ruler withSteps(long steps) {
    return new Ruler(steps);
  }

  /// Half of what a step takes, like everybody's floor; since the ruler defines the cycle, the
  /// honesty gates also ask whether that cycle is possible.
  @Override
  public double floorCycles() {
    return CYCLES_PER_STEP / 2.0;
  }

  @Override
  public Long call() {
    return run(steps);
  }

  private static long run(long steps) {
    long x = SEED;
    for (long i = 0; i < steps; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /// One step for [#answer()], apart from the measured loop so that asking for the answer neither
  /// warms nor spoils the profile of what is measured.
  private static long step(long x) {
    long y = x ^ (x << 13);
    long z = y ^ (y >>> 7);
    return z ^ (z << 17);
  }
}
