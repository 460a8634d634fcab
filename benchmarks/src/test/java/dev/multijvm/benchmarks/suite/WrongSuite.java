package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.OneForTwo;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;

/// A suite whose work goes wrong when it is measured, not when it is warmed.
public class WrongSuite extends Suite {

  @Benchmark
  public long wrong(Wrong operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// One task that answers 1 and should answer 2.
  public static class Wrong extends ColdOperation {

    @Override
    protected Batch tasks() {
      return Batch.of(1, new OneForTwo());
    }
  }
}
