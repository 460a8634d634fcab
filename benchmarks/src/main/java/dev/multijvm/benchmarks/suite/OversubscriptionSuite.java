package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.Mixed;
import dev.multijvm.benchmarks.workload.Sleep;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/// How many workers should a pool have, when its tasks compute, and when they also wait?
///
/// - Inside the clock: `computing`: 32 tasks that count to 5 x 10^6, some 8 ms each; `mixed`: 32
///   tasks that wait 15 ms and then count to 3 x 10^6, some 5 ms. The pool has `factor` workers for
///   each CPU; virtual threads are unbounded.
/// - What each mode pays: handing over, and switching between workers where there are more than
///   CPUs. If tasks wait three quarters of their time, four workers for each CPU keep it busy.
/// - Unit: ms for all tasks.
/// - `java -jar benchmarks/target/benchmarks.jar OversubscriptionSuite -p factor=1,8`
public class OversubscriptionSuite extends Suite {

  private static final int TASKS = 32;

  @Benchmark
  public long computing(Computing operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long mixed(Waiting operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// A pool of more workers than there are CPUs.
  public abstract static class Crowd extends WarmOperation {

    @Param({"1", "2", "4", "8"})
    public int factor;

    @Override
    protected int workers() {
      return factor * Workers.computing();
    }
  }

  /// Tasks that never wait.
  public static class Computing extends Crowd {

    @Override
    protected Batch tasks() {
      return Batch.of(TASKS, new CountingLoop(5_000_000));
    }
  }

  /// Tasks that wait most of their time.
  public static class Waiting extends Crowd {

    @Override
    protected Batch tasks() {
      return Batch.of(TASKS, new Mixed(new Sleep(15), new CountingLoop(3_000_000)));
    }
  }
}
