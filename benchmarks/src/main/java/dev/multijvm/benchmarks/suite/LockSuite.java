package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.exchange.LockTurns;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.multiprocessing.SharedLock;
import dev.multijvm.multiprocessing.SharedLong;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does a lock cost, free and fought for?
///
/// - Inside the clock: `alone`: one task takes a lock 100,000 times that nobody else wants;
///   `together`: two tasks take it as often each, or less often and hold it for `hold` ns.
/// - What each mode pays: threads take a `ReentrantLock`, processes a `SharedLock`, which outlives
///   its holder. Each time in it a word is read and written twice. Handing over the tasks is
///   inside, some 50 us.
/// - Unit: ms for all rounds.
/// - `java -jar benchmarks/target/benchmarks.jar LockSuite -p mode=thread-pool,process-pool`
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class LockSuite extends Suite {

  @Benchmark
  public long alone(Alone operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  @Benchmark
  public long together(Together operation) throws ExecutionException, InterruptedException {
    return operation.run();
  }

  /// Tasks at one lock.
  public abstract static class Turns extends Exchange {

    abstract int tasksAtOnce();

    abstract int holdNanos();

    @Override
    protected Batch acrossThreads() throws IOException {
      return at(new ReentrantLock());
    }

    @Override
    protected Batch acrossProcesses() throws IOException {
      return at(kept(SharedLock.create()));
    }

    private Batch at(Lock lock) throws IOException {
      var room = kept(SharedLong.create(0));
      int rounds = LockTurns.roundsOf(holdNanos());
      return Batch.of(tasksAtOnce(), new LockTurns(lock, room, rounds, holdNanos()));
    }
  }

  /// One task.
  public static class Alone extends Turns {

    @Override
    int tasksAtOnce() {
      return 1;
    }

    @Override
    int holdNanos() {
      return 0;
    }
  }

  /// Two tasks.
  public static class Together extends Turns {

    @Param({"0", "1000", "10000"})
    public int hold;

    @Override
    int tasksAtOnce() {
      return 2;
    }

    @Override
    int holdNanos() {
      return hold;
    }
  }
}
