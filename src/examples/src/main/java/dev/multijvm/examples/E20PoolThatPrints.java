package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ProcessPool;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A pool with as many processes as there are CPUs squares 1 to 5; each square is printed where it
/// is computed, in any order. What was printed is here, at the latest, when the block has ended.
public final class E20PoolThatPrints {
  private E20PoolThatPrints() {}

  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    List<Integer> squares;
    try (var pool = ProcessPool.open()) {
      squares = pool.map(E20PoolThatPrints::printSquare, List.of(1, 2, 3, 4, 5));
    }
    System.out.println(squares);
  }

  public static int printSquare(int x) {
    System.out.println(x + " squared is " + x * x);
    return x * x;
  }
}
