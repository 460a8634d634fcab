package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.exchange.Adding;
import dev.multijvm.benchmarks.exchange.Racing;
import dev.multijvm.benchmarks.exchange.Tally;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.WrongAnswerException;
import dev.multijvm.multiprocessing.SharedLong;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

/// What does it cost to add to a number that others add to as well?
///
/// - Inside the clock: 100,000 times `getAndAdd(1)` by one task (`alone`) or by each of two
///   (`together`). `race` is an exhibit: two tasks that read, add and write in two steps, as the
///   tutorials do; the reading `lost` says how many of 200,000 updates were lost.
/// - What each mode pays: threads add to an `AtomicLong`, processes to a `SharedLong`, Python to a
///   number or a `Value` under a lock, which `race` does not take around its steps. Handing over
///   the tasks is inside, some 50 us.
/// - Unit: ms for all rounds.
/// - `java -jar benchmarks/target/benchmarks.jar SharedValueSuite -p mode=thread-pool,process-pool`
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class SharedValueSuite extends Suite {

  private static final int ROUNDS = 100_000;

  @Benchmark
  public long alone(Alone operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long together(Together operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long race(Race operation) throws ExecutionException, InterruptedException {
    return operation.race();
  }

  /// Tasks that add to one number.
  public abstract static class Sharing extends Exchange {

    private Tally tally = new Tally.OfThreads(new AtomicLong());
    private long before;

    abstract Batch tasksAt(Tally number);

    @Override
    protected Batch acrossThreads() {
      return tasksAt(tally);
    }

    @Override
    protected Batch acrossProcesses() throws IOException {
      tally = new Tally.OfProcesses(kept(SharedLong.create(0)));
      return tasksAt(tally);
    }

    /// By how much the number grew since this was asked last.
    final long growth() {
      long now = tally.get();
      long growth = now - before;
      before = now;
      return growth;
    }
  }

  /// Tasks that lose nothing.
  public abstract static class Exact extends Sharing {

    /// There may have been many operations since, but no part of one. Python sees to its own number
    /// itself.
    @Override
    protected void verify(long answer) {
      super.verify(answer);
      long growth = growth();
      if (!mode().isPython() && (growth <= 0 || growth % answer != 0)) {
        throw new WrongAnswerException("adding", answer * (growth / answer + 1), growth);
      }
    }
  }

  /// One task.
  public static class Alone extends Exact {

    @Override
    Batch tasksAt(Tally number) {
      return Batch.of(1, new Adding(number, ROUNDS));
    }
  }

  /// Two tasks.
  public static class Together extends Exact {

    @Override
    Batch tasksAt(Tally number) {
      return Batch.of(2, new Adding(number, ROUNDS));
    }
  }

  /// Two tasks in each other's way.
  public static class Race extends Sharing {

    @Override
    Batch tasksAt(Tally number) {
      return Batch.of(2, new Racing(number, ROUNDS));
    }

    /// Python tells itself what it lost of its own number.
    final long race() throws ExecutionException, InterruptedException {
      growth();
      long meant = run();
      if (!mode().isPython()) {
        Readings.tell("lost", (double) (meant - growth()));
      }
      return meant;
    }
  }
}
