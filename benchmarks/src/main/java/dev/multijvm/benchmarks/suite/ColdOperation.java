package dev.multijvm.benchmarks.suite;

import java.util.concurrent.ExecutionException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/// An operation that opens its pool, runs and closes it again, all inside the clock, in a fork that
/// ran nothing before.
///
/// It is one operation per fork: a second one would run compiled code in the modes that live in the
/// fork, and cold code in new processes. So every mode pays for loading and compiling the classes.
public abstract class ColdOperation extends Operation {

  @Setup(Level.Trial)
  public void prepare() {
    batch();
  }

  /// The measured operation, from opening the pool to its close.
  public final long run() throws ExecutionException, InterruptedException {
    try (var pool = mode().open(workers())) {
      return keep(batch().run(pool));
    }
  }
}
