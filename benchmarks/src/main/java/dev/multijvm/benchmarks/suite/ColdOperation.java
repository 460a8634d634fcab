package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.Opener;
import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/// An operation that opens its pool, runs and closes it again, all inside the clock.
///
/// Cases named `cold` do it once, in a fork that ran nothing before: a second time, the modes that
/// live in the fork would run compiled code and new processes cold code, two experiments under one
/// name.
public abstract class ColdOperation extends Operation {

  private Opener opener;

  @Setup(Level.Trial)
  public void prepare() {
    opener = mode().opener(workers());
  }

  /// The measured operation, from making the tasks and opening the pool to its close.
  public final long run() throws ExecutionException, InterruptedException {
    try (var pool = opener.open()) {
      return keep(batch().run(pool));
    }
  }

  @TearDown(Level.Trial)
  public void discard() {
    opener.close();
  }
}
