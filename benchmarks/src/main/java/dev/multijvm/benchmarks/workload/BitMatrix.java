package dev.multijvm.benchmarks.workload;

import java.util.function.LongUnaryOperator;

/// A 64 by 64 matrix of bits: a map of 64-bit words that is linear under exclusive-or.
final class BitMatrix {

  /// `columns[i]` is the image of the word in which bit `i` alone is set.
  private final long[] columns;

  private BitMatrix(long[] columns) {
    this.columns = columns;
  }

  static BitMatrix of(LongUnaryOperator linear) {
    var columns = new long[Long.SIZE];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = linear.applyAsLong(1L << i);
    }
    return new BitMatrix(columns);
  }

  long times(long word) {
    long image = 0;
    for (int i = 0; i < columns.length; i++) {
      image ^= columns[i] & -((word >>> i) & 1);
    }
    return image;
  }

  /// Returns this map applied `exponent` times, by repeated squaring.
  BitMatrix power(long exponent) {
    var result = of(word -> word);
    var square = this;
    for (long rest = exponent; rest > 0; rest >>>= 1) {
      if ((rest & 1) == 1) {
        result = of(result.after(square));
      }
      square = of(square.after(square));
    }
    return result;
  }

  private LongUnaryOperator after(BitMatrix first) {
    return word -> times(first.times(word));
  }
}
