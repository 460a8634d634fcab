package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;

/// Is the instrument fair? One worker must count as fast in another process as in the caller.
///
/// - Inside the clock: counting to 10^8 once.
/// - What each mode pays: handing over one task, thousands of times less than counting. More than 2
///   % between the modes is a difference between JVMs, not between modes.
/// - Unit: ms.
/// - `java -jar benchmarks/target/benchmarks.jar ControlSuite -p mode=single-thread,process-pool`
public class ControlSuite extends Suite {

  @Benchmark
  public long one(One operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// One task, one worker.
  public static class One extends WarmOperation {

    @Override
    protected Batch tasks() {
      return Batch.of(1, new CountingLoop(100_000_000));
    }

    @Override
    protected int workers() {
      return 1;
    }
  }
}
