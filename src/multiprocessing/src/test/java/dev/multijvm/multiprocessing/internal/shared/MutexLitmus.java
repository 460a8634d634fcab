package dev.multijvm.multiprocessing.internal.shared;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/// Two participants add, each by a plain read and a plain write, to a number that a [Mutex] guards;
/// run by `LitmusTest`.
@JCStressTest
@Description("What one adds under the lock, the other sees.")
@Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
@Outcome(expect = FORBIDDEN, desc = "Both at once.")
@State
public class MutexLitmus {
  private static final long NUMBER = Mutex.SIZE;
  private static final long SIZE = NUMBER + Words.APART;

  /// Mutexes before the memory of the first is used again: more than jcstress has at a time.
  private static final int COUNT = 1 << 15;

  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final SharedFile ONE;
  private static final SharedFile OTHER;

  static {
    try {
      ONE = SharedFile.create(SharedKind.LOCK, SIZE * COUNT);
      OTHER = Apart.open(ONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final long offset = SharedFile.BODY + SIZE * Math.floorMod(NEXT.getAndIncrement(), COUNT);
  private final Mutex one = new Mutex(ONE, offset);
  private final Mutex other = new Mutex(OTHER, offset);

  public MutexLitmus() {
    Words.LONG.set(ONE.segment(), offset + NUMBER, 0L);
  }

  @Actor
  public void one() {
    add(one, ONE);
  }

  @Actor
  public void other() {
    add(other, OTHER);
  }

  private void add(Mutex mutex, SharedFile file) {
    mutex.lock();
    try {
      var seen = (long) Words.LONG.get(file.segment(), offset + NUMBER);
      Words.LONG.set(file.segment(), offset + NUMBER, seen + 1);
    } finally {
      mutex.unlock();
    }
  }

  @Arbiter
  public void sum(J_Result result) {
    result.r1 = (long) Words.LONG.get(ONE.segment(), offset + NUMBER);
  }
}
