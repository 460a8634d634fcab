package dev.multijvm.benchmarks.suite;

import dev.multijvm.benchmarks.exchange.Conversation;
import dev.multijvm.benchmarks.exchange.Listening;
import dev.multijvm.benchmarks.exchange.Transport;
import dev.multijvm.benchmarks.exchange.Way;
import dev.multijvm.benchmarks.exchange.Wire;
import dev.multijvm.benchmarks.mode.PythonWork;
import dev.multijvm.benchmarks.mode.Readings;
import dev.multijvm.benchmarks.mode.WarmUp;
import dev.multijvm.benchmarks.workload.Batch;
import dev.multijvm.benchmarks.workload.Squares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/// What does a message cost on each way from one process to another, and what between threads?
///
/// - Inside the clock: messages of `bytes` bytes between the fork and its only worker: `roundTrip`:
///   there and back, one after the other, 1000 of them, or 200 of 64 KiB, or 16 of 1 MiB; `oneWay`:
///   10,000, or 1000, or 64, and a byte back in the end.
/// - What each transport pays: `queue` hands references over between threads; `pipe`, `unix` and
///   `tcp` write and read all bytes through the kernel; `memory` copies them into shared memory and
///   out of it, and wakes the other side by a semaphore.
/// - Unit: ms for all messages. Readings of `roundTrip`: `p50`, `p90`, `p99`, `p99.9` of a message,
///   in ms, those with ten samples beyond them; the clock is looked at once for each, some 25 ns.
/// - `java -jar benchmarks/target/benchmarks.jar TransportSuite -p mode=process-pool -p
///   transport=pipe,unix,tcp,memory`; for `queue`, `-p mode=thread-pool`
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class TransportSuite extends Suite {

  @Benchmark
  @Measurement(iterations = 10)
  public long roundTrip(RoundTrip operation) throws Exception {
    return operation.talk();
  }

  @Benchmark
  public long oneWay(OneWay operation) throws Exception {
    return operation.talk();
  }

  /// There and back.
  public static class RoundTrip extends Talking {

    @Override
    Way way() {
      return Way.ROUND_TRIP;
    }
  }

  /// There only.
  public static class OneWay extends Talking {

    @Override
    Way way() {
      return Way.ONE_WAY;
    }
  }

  /// The fork talks to its worker, which listens from before the clock until after it.
  public abstract static class Talking extends WarmOperation {

    @Param({"queue", "pipe", "unix", "tcp", "memory"})
    public String transport = "";

    @Param({"64", "4096", "65536", "1048576"})
    public int bytes;

    private @Nullable Wire wire;
    private @Nullable Conversation conversation;
    private @Nullable Future<Long> listening;

    abstract Way way();

    @Override
    protected Batch tasks() {
      int count = Conversation.countOf(way(), bytes);
      var inPython = List.<Object>of(way().name(), bytes, count);
      return Batch.of(
          1,
          conversation == null
              ? new PythonWork("conversation", inPython, Conversation.answer(way(), bytes, count))
              : conversation);
    }

    @Override
    protected int workers() {
      return 1;
    }

    /// Nothing: the rehearsals do it, when there is a line.
    @Override
    protected WarmUp warmUp() {
      return new WarmUp(new Squares(1, 1), 0);
    }

    @Override
    protected void rehearse(ExecutorService pool) throws ExecutionException, InterruptedException {
      try {
        if (conversation == null) {
          conversation = connected(pool);
        }
        conversation.call();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Conversation connected(ExecutorService pool) throws IOException {
      wire = Transport.of(transport).open(bytes);
      listening = pool.submit(new Listening(wire.there(), bytes));
      int count = Conversation.countOf(way(), bytes);
      return new Conversation(wire.here().line(), way(), bytes, count);
    }

    final long talk() throws Exception {
      return conversation == null ? run() : keep(conversation.call(Readings::tellEach));
    }

    @Override
    protected void finish() throws Exception {
      if (conversation != null && listening != null) {
        conversation.end();
        listening.get();
      }
    }

    @Override
    protected void release() throws Exception {
      if (wire != null) {
        wire.close();
      }
    }
  }
}
