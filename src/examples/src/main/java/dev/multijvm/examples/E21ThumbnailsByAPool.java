package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ProcessPool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Thumbnails of five large pictures, blurred first, by a pool with as many processes as there are
/// CPUs. Tagged by the worker, they finish in any order; the names come back in the pictures'.
public final class E21ThumbnailsByAPool {
  private E21ThumbnailsByAPool() {}

  /// Runs the program.
  ///
  /// @param arguments the width of the pictures, if not 6000
  public static void main(String[] arguments)
      throws ExecutionException, InterruptedException, IOException {
    var pictures = Pictures.paintFive(Pictures.widthFrom(arguments));
    var stopwatch = Stopwatch.start();
    List<String> names;
    try (var pool = ProcessPool.open()) {
      names = pool.map(Pictures::makeThumbnail, pictures);
    }
    System.out.println(names);
    System.out.println("by a pool in " + stopwatch);
  }
}
