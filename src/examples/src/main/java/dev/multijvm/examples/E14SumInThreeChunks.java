package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ProcessPool;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;

/// The sum of 1 to 1000 in three chunks, each summed by a process, then added up.
public final class E14SumInThreeChunks {
  /// Numbers from the first to the last, both included.
  public record Chunk(long first, long last) implements Serializable {
    public long sum() {
      return LongStream.rangeClosed(first, last).sum();
    }
  }

  private E14SumInThreeChunks() {}

  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    var chunks = List.of(new Chunk(1, 300), new Chunk(301, 600), new Chunk(601, 1000));
    try (var pool = ProcessPool.open(3)) {
      var sums = pool.map(Chunk::sum, chunks);
      System.out.println(sums + " make " + sums.stream().mapToLong(Long::longValue).sum());
    }
  }
}
