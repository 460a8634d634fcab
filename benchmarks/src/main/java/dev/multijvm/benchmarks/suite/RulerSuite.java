package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.mode.Workers;
import dev.multijvm.benchmarks.slot.TreeProfiler;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Ruler;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// How fast is this machine now, and how much of it do W processes get when all compute at once?
///
/// - Inside the clock: 5 x 10^7 steps of the frozen ruler kernel in the fork's own thread, `alone`
///   or `together` with W-1 other JVMs which run the same kernel without a pause from before the
///   first iteration until after the last. No pool, no dispatch.
/// - There are no modes. W x alone / together is the greatest speed-up that W workers can have
///   here: turbo, SMT, quotas and neighbours lower it, and no mode is to blame for that.
/// - Unit: ms.
/// - `java -jar benchmarks/target/benchmarks.jar RulerSuite`
public class RulerSuite extends Suite {

  @Benchmark
  public long alone(OneRuler ruler) {
    return ruler.run();
  }

  @Benchmark
  public long together(OneRuler ruler, Others others) {
    return ruler.run();
  }

  /// The kernel in the fork.
  @State(Scope.Benchmark)
  public static class OneRuler {

    private static final Ruler RULER = new Ruler(50_000_000);

    private long seen;

    @Setup(Level.Trial)
    public void warmUp() {
      WarmUp.of(RULER).run();
    }

    long run() {
      seen = RULER.call();
      return seen;
    }

    @TearDown(Level.Iteration)
    public void check() {
      Batch.of(1, RULER).check(seen);
    }
  }

  /// The W-1 other JVMs; nobody where W is 1.
  @State(Scope.Benchmark)
  public static class Others {

    private @Nullable Companions companions;

    @Setup(Level.Trial)
    public void start() throws IOException, ExecutionException, InterruptedException {
      int others = Workers.computing() - 1;
      if (others > 0) {
        companions = Companions.start(others);
      }
      TreeProfiler.begin();
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
      TreeProfiler.end();
      if (companions != null) {
        companions.close();
      }
    }
  }
}
