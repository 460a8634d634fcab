package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.multiprocessing.ProcessPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does an item cost in `map`, the verb that only pools of processes have?
///
/// - Inside the clock: squaring a million numbers, 100,000 in each call of `map`, and adding up the
///   results in the caller. `one`: each travels alone; `auto`: chunks as the pool finds best;
///   `arrays`: the caller makes arrays of 1000 beforehand and the function squares an array.
///   Python's `one` is 20,000 numbers, which take it a second.
/// - What each mode pays: writing, sending and reading numbers and results; boxing them but for
///   `arrays`.
/// - Unit: ms for all numbers.
/// - `java -jar benchmarks/target/benchmarks.jar MapSuite -p mode=process-pool`
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class MapSuite extends Suite {

  @Benchmark
  public long squares(Mapping operation) throws ExecutionException, InterruptedException {
    return operation.map();
  }

  /// A function and its items.
  public static class Mapping extends WarmOperation {

    private static final int TIMES = 10;
    private static final int COUNT = 100_000;
    private static final int ALONE_IN_PYTHON = 20_000;
    private static final int ARRAY = 1000;
    private static final int REHEARSALS = 20;

    @Param({"one", "auto", "arrays"})
    public String chunk = "";

    private final List<Integer> numbers = IntStream.rangeClosed(1, COUNT).boxed().toList();
    private final List<int[]> arrays = arrays();

    private static List<int[]> arrays() {
      var arrays = new ArrayList<int[]>();
      for (int first = 1; first <= COUNT; first += ARRAY) {
        arrays.add(IntStream.range(first, first + ARRAY).toArray());
      }
      return arrays;
    }

    @Override
    protected Batch tasks() {
      boolean alone = mode().isPython() && chunk.equals("one");
      int count = alone ? ALONE_IN_PYTHON : COUNT;
      int times = alone ? 1 : TIMES;
      long answer = times * new Squares(1, count).answer();
      return Batch.of(1, new PythonWork("map-squares", List.of(chunk, count, times), answer));
    }

    /// Nothing: the rehearsals do it.
    @Override
    protected WarmUp warmUp() {
      return new WarmUp(new Squares(1, 1), 0);
    }

    @Override
    protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
      for (int i = 0; i < REHEARSALS; i++) {
        sum((ProcessPool) pool);
      }
    }

    final long map() throws ExecutionException, InterruptedException {
      if (mode().isPython()) {
        return run();
      }
      long sum = 0;
      for (int i = 0; i < TIMES; i++) {
        sum += sum((ProcessPool) pool());
      }
      return keep(sum);
    }

    private long sum(ProcessPool pool) throws ExecutionException, InterruptedException {
      return switch (chunk) {
        case "one" -> sum(pool.map(number -> (long) number * number, numbers, 1));
        case "auto" -> sum(pool.map(number -> (long) number * number, numbers));
        case "arrays" ->
            pool.map(MapSuite::squared, arrays).stream().flatMapToLong(Arrays::stream).sum();
        default ->
            throw new IllegalArgumentException("chunk must be one, auto or arrays: " + chunk);
      };
    }

    private static long sum(List<Long> squares) {
      long sum = 0;
      for (long square : squares) {
        sum += square;
      }
      return sum;
    }
  }

  /// For the workers.
  public static long[] squared(int[] numbers) {
    var squares = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      squares[i] = (long) numbers[i] * numbers[i];
    }
    return squares;
  }
}
