package dev.multijvm.benchmarks.workload;

import java.util.List;
import java.util.stream.IntStream;

/// Adds the squares of `count` numbers from `first` on: a task so tiny that handing it over is what
/// takes time.
///
/// @param first the first number, at least 0
/// @param count how many, at least 1; the last number is at most 10^6, so that the sum fits a
///   `long`
public record Squares(int first, int count) implements SteppedWorkload {

  private static final int MAX_LAST = 1_000_000;

  public Squares {
    if (first < 0 || count < 1 || first > MAX_LAST - count + 1) {
      throw new IllegalArgumentException(
          "0 <= first, 1 <= count, first + count - 1 <= 10^6 must hold: first "
              + first
              + ", count "
              + count);
    }
  }

  /// Cuts 1 to `last` into chunks of `chunk` numbers, of which the last one may be shorter.
  public static List<Squares> inChunksOf(int chunk, int last) {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk must be positive: " + chunk);
    }
    return IntStream.iterate(1, first -> first <= last, first -> first + chunk)
        .mapToObj(first -> new Squares(first, Math.min(chunk, last - first + 1)))
        .toList();
  }

  @Override
  public String kernel() {
    return "squares";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long steps() {
    return count;
  }

  @Override
  public Squares withSteps(long steps) {
    return new Squares(first, Math.toIntExact(steps));
  }

  /// Steps need not wait for each other: a vector adds up eight squares, and a core has two or more
  /// units for that.
  @Override
  public double floorCycles() {
    return 1.0 / 32;
  }

  /// The difference of two pyramids.
  @Override
  public long answer() {
    return pyramid(first + count - 1) - pyramid(first - 1);
  }

  private static long pyramid(long n) {
    return n * (n + 1) * (2 * n + 1) / 6;
  }

  @Override
  public Long call() {
    long sum = 0;
    for (long i = first; i < (long) first + count; i++) {
      sum += i * i;
    }
    return sum;
  }
}
