package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ProcessPool;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A pool of five processes squares three numbers.
public final class E11PoolOfFiveSquares {
  private E11PoolOfFiveSquares() {}

  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    try (var pool = ProcessPool.open(5)) {
      System.out.println(pool.map(x -> x * x, List.of(1, 2, 3)));
    }
  }
}
