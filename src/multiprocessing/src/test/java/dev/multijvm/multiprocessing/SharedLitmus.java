package dev.multijvm.multiprocessing;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.multijvm.multiprocessing.internal.shared.Apart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// What two participants may see of shared things; run by `LitmusTest`.
public final class SharedLitmus {
  private SharedLitmus() {}

  /// One element of an array for each try; [SharedLong] does the same with a file of its own.
  @JCStressTest
  @Description("Two additions are two.")
  @Outcome(
      id = {"0, 1", "1, 0"},
      expect = ACCEPTABLE,
      desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "One addition is lost.")
  @State
  public static class Adding {
    /// More than jcstress has at a time.
    private static final int COUNT = 1 << 15;

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final SharedLongArray ONE;
    private static final SharedLongArray OTHER;

    static {
      try {
        ONE = SharedLongArray.create(COUNT);
        OTHER = new SharedLongArray(Apart.open(ONE.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private final int index = Math.floorMod(NEXT.getAndIncrement(), COUNT);

    public Adding() {
      ONE.set(index, 0);
    }

    @Actor
    public void one(JJ_Result result) {
      result.r1 = ONE.getAndAdd(index, 1);
    }

    @Actor
    public void other(JJ_Result result) {
      result.r2 = OTHER.getAndAdd(index, 1);
    }
  }

  /// All tries use one queue: the elements are the numbers of the tries.
  @JCStressTest
  @Description("Elements come whole and in order, and nobody sleeps through one.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The next one came.")
  @Outcome(id = "0", expect = FORBIDDEN, desc = "None came.")
  @Outcome(expect = FORBIDDEN, desc = "Another one came.")
  @State
  public static class Queueing {
    private static final int DEADLINE_SECONDS = 10;
    private static final SharedQueue<String> ONE;
    private static final SharedQueue<String> OTHER;

    /// Written by the producer alone, one try after the other.
    private static int put;

    /// Written by the consumer alone.
    private static int taken;

    static {
      try {
        ONE = SharedQueue.create();
        OTHER = new SharedQueue<>(Apart.open(ONE.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Actor
    public void producer() {
      ONE.add("element " + put++);
    }

    @Actor
    public void consumer(I_Result result) {
      var element = next();
      if (element != null) {
        result.r1 = element.equals("element " + taken++) ? 1 : -1;
      }
    }

    private static @Nullable String next() {
      try {
        return OTHER.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
