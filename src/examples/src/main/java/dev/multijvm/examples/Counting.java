package dev.multijvm.examples;

/// Counting in steps of one, as the tutorials do to keep a CPU busy.
public final class Counting {
  /// As far as the tutorials count.
  static final long TUTORIAL_STEPS = 100_000_000;

  private Counting() {}

  /// Counts to `steps`. Python executes `r += 1`; a JIT compiler folds it to nothing. The sign bit
  /// added here is always 0, but the compiler would have to prove that.
  public static long countTo(long steps) {
    long r = 0;
    for (long i = 0; i < steps; i++) {
      r = r + 1 + ((r ^ i) >>> 63);
    }
    return r;
  }

  public static void printCountTo(long steps) {
    System.out.println("counted to " + countTo(steps));
  }

  static long stepsFrom(String[] arguments) {
    return arguments.length == 0 ? TUTORIAL_STEPS : Long.parseLong(arguments[0]);
  }
}
