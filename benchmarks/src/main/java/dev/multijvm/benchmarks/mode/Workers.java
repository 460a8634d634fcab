package dev.multijvm.benchmarks.mode;

/// How many workers every pool of an operation gets, the same in all modes.
public final class Workers {

  /// The property that replaces the number of visible CPUs.
  public static final String PROPERTY = "bench.workers";

  private static final int MAX_SLEEPING = 10;

  private Workers() {}

  /// Returns the workers for tasks that compute: one for each CPU this JVM sees, or what the
  /// property [#PROPERTY] says.
  ///
  /// @throws IllegalArgumentException if the property is not a positive number
  public static int computing() {
    String asked = System.getProperty(PROPERTY);
    if (asked == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!asked.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(PROPERTY + " must be a number from 1 to 9999: " + asked);
    }
    return Integer.parseInt(asked);
  }

  /// Returns the workers for tasks that wait: one for each, at most 10.
  public static int sleeping(int tasks) {
    return Math.min(tasks, MAX_SLEEPING);
  }
}
