package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.slot.TreeProfiler;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// An operation on a pool that is opened, and whose JVMs are all warmed, before the clock starts.
public abstract class WarmOperation extends Operation {

  private static final int FEWEST_TASKS = 200;
  private static final int FEWEST_BATCHES = 5;

  private ExecutorService pool;

  /// Returns what every JVM that will run tasks does once, before the clock.
  protected WarmUp warmUp() {
    return WarmUp.of(batch().tasks().getFirst());
  }

  @Setup(Level.Trial)
  public void open() throws ExecutionException, InterruptedException {
    pool = mode().open(workers(), warmUp());
    for (int i = 0; i < WarmUp.ENOUGH_CALLS && !mode().isPython(); i++) {
      rehearse(pool);
    }
    TreeProfiler.begin();
  }

  /// Runs something like the operation on the pool, outside the clock, so that handing over is
  /// compiled too: by default as many tiny tasks, again and again. They are not tasks of the
  /// measured kernel, which would be compiled for tiny ones.
  protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
    int tasks = batch().tasks().size();
    Batch tiny = new Batch(Squares.inChunksOf(1, tasks));
    for (int i = 0; i < Math.max(FEWEST_BATCHES, FEWEST_TASKS / tasks); i++) {
      tiny.run(pool);
    }
  }

  protected final ExecutorService pool() {
    return pool;
  }

  /// The measured operation: hands all tasks over and waits for their answers.
  public final long run() throws ExecutionException, InterruptedException {
    return keep(batch().run(pool));
  }

  @TearDown(Level.Trial)
  public void close() throws Exception {
    TreeProfiler.end();
    finish();
    pool.close();
    release();
  }

  /// Ends tasks that still run, before the pool is closed; by default there is none.
  protected void finish() throws Exception {}

  /// Closes what the tasks shared, after the pool; by default there is nothing.
  protected void release() throws Exception {}
}
