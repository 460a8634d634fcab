package dev.multijvm.examples;

/// Counts to 10^8 twice, one after the other.
public final class E07CountTwiceSerially {
  private E07CountTwiceSerially() {}

  /// Runs the program.
  ///
  /// @param arguments how far to count, if not to 10^8
  public static void main(String[] arguments) {
    var steps = Counting.stepsFrom(arguments);
    var stopwatch = Stopwatch.start();
    Counting.printCountTo(steps);
    Counting.printCountTo(steps);
    System.out.println("one after the other in " + stopwatch);
  }
}
