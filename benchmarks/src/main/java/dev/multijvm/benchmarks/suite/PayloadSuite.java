package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Payload;
import dev.multijvm.multiprocessing.SerializableCallable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does it cost to send data to the work, or to get it back?
///
/// - Inside the clock: `argument`: one task that holds `bytes` bytes; `result`: one task that makes
///   as many and answers with them.
/// - What each mode pays: threads hand over a reference and read no byte; processes write, copy and
///   read them all. In `result` every mode pays for making the bytes.
/// - Unit: us, for one task.
/// - `java -jar benchmarks/target/benchmarks.jar PayloadSuite -p bytes=0,1048576`
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class PayloadSuite extends Suite {

  @Benchmark
  public long argument(Sized operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long result(Sized operation) throws ExecutionException, InterruptedException {
    return operation.receive();
  }

  /// One task of `bytes` bytes on one worker.
  public static class Sized extends WarmOperation {

    @Param({"0", "1024", "65536", "1048576", "16777216", "67108864"})
    public int bytes;

    @Override
    protected Batch tasks() {
      return Batch.of(1, mode().isPython() ? inPython("send-payload") : new Payload(bytes));
    }

    @Override
    protected int workers() {
      return 1;
    }

    /// Small: the first iterations, which do not count, warm the only worker at the measured size.
    @Override
    protected WarmUp warmUp() {
      return WarmUp.of(new Payload(1));
    }

    long receive() throws ExecutionException, InterruptedException {
      return keep(
          mode().isPython()
              ? pool().submit(inPython("get-payload")).get()
              : Payload.sum(pool().submit(new Filled(bytes)).get()));
    }

    private PythonWork inPython(String kernel) {
      return new PythonWork(kernel, List.of(bytes), Payload.sumOf(bytes));
    }
  }

  private record Filled(int size) implements SerializableCallable<byte[]> {

    @Override
    public byte[] call() {
      return Payload.filled(size);
    }
  }
}
