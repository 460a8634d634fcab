package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ProcessPool;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/// A pool of four processes squares 0 to 9 and ends with its block.
public final class E16PoolOfFourAsABlock {
  private E16PoolOfFourAsABlock() {}

  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    try (var pool = ProcessPool.open(4)) {
      System.out.println(pool.map(x -> x * x, IntStream.range(0, 10).boxed().toList()));
    }
  }
}
