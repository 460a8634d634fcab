package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;

/// Counts to 10^8 twice, in two processes at the same time.
///
/// A JVM counts so much faster than Python that starting two of them costs more than it gains; a
/// pool that is there already, or more work, turns that round.
public final class E08CountTwiceInTwoProcesses {
  private E08CountTwiceInTwoProcesses() {}

  /// Runs the program.
  ///
  /// @param arguments how far to count, if not to 10^8
  public static void main(String[] arguments) throws InterruptedException {
    var steps = Counting.stepsFrom(arguments);
    var stopwatch = Stopwatch.start();
    try (var one = ChildProcess.start(() -> Counting.printCountTo(steps));
        var other = ChildProcess.start(() -> Counting.printCountTo(steps))) {
      one.join();
      other.join();
    }
    System.out.println("in two processes in " + stopwatch);
  }
}
