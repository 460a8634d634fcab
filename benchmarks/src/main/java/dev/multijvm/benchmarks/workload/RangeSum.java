package dev.multijvm.benchmarks.workload;

import java.util.List;
import java.util.stream.IntStream;

/// Adds the whole numbers from `first` to `last`, one by one.
///
/// @param first the first number, at least 0
/// @param last the last number, at least `first` and at most 2^31, so that the sum fits a `long`
public record RangeSum(long first, long last) implements SteppedWorkload {

  private static final long MAX_LAST = 1L << 31;

  public RangeSum {
    if (first < 0 || last < first || last > MAX_LAST) {
      throw new IllegalArgumentException(
          "0 <= first <= last <= 2^31 must hold: first " + first + ", last " + last);
    }
  }

  /// Cuts 1 to `last` into chunks which differ in length by one at most.
  ///
  /// @param last the last number of the whole range
  /// @param chunks how many pieces, at least 1 and at most `last`
  public static List<RangeSum> inChunks(long last, int chunks) {
    if (chunks < 1 || chunks > last) {
      throw new IllegalArgumentException("chunks must be 1 to " + last + ": " + chunks);
    }
    return IntStream.range(0, chunks)
        .mapToObj(i -> new RangeSum(1 + last * i / chunks, last * (i + 1) / chunks))
        .toList();
  }

  @Override
  public String kernel() {
    return "range-sum";
  }

  @Override
  public int version() {
    return 1;
  }

  /// Half of the number of summands times the sum of the outermost two.
  @Override
  public long answer() {
    return steps() % 2 == 0 ? steps() / 2 * (first + last) : steps() * ((first + last) / 2);
  }

  @Override
  public long steps() {
    return last - first + 1;
  }

  @Override
  public RangeSum withSteps(long steps) {
    return new RangeSum(first, first + steps - 1);
  }

  /// One addition, each of which needs the one before.
  @Override
  public double floorCycles() {
    return 0.5;
  }

  @Override
  public Long call() {
    return sum(first, last);
  }

  private static long sum(long first, long last) {
    long r = 0;
    for (long i = first; i <= last; i++) {
      r += i;
    }
    return r;
  }
}
