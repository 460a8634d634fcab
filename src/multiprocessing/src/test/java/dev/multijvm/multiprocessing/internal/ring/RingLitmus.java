package dev.multijvm.multiprocessing.internal.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/// What the two sides of a ring may see of each other; run by `LitmusTest`.
public final class RingLitmus {
  private static final byte[] BODY = new byte[100];
  private static final long SEQUENCE = 0x0102030405060708L;

  static {
    Arrays.fill(BODY, (byte) 1);
  }

  private RingLitmus() {}

  @JCStressTest
  @Description("A record is there as a whole or not at all.")
  @Outcome(id = "0", expect = ACCEPTABLE, desc = "It is not there yet.")
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "It is there.")
  @Outcome(expect = FORBIDDEN, desc = "A part of it is there.")
  @State
  public static class Publishing {
    private final SmallRing ring = new SmallRing();

    @Actor
    public void producer() {
      ring.writer.offer(Ring.QUEUED, SEQUENCE, BODY, BODY.length);
      ring.writer.publish();
    }

    @Actor
    public void consumer(I_Result result) {
      if (ring.reader.hasNext()) {
        result.r1 = isWhole(ring.reader) ? 1 : -1;
      }
    }

    private static boolean isWhole(RingReader reader) {
      return reader.kind() == Ring.QUEUED
          && reader.sequence() == SEQUENCE
          && reader.size() == BODY.length
          && Arrays.equals(reader.body(), 0, BODY.length, BODY, 0, BODY.length);
    }
  }

  @JCStressTest
  @Description("A bell rings for a consumer that awaits one, and for no other.")
  @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "It awaits a bell and gets it.")
  @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "It has seen the record in time.")
  @Outcome(id = "false, true", expect = FORBIDDEN, desc = "It sleeps for ever.")
  @Outcome(id = "true, false", expect = FORBIDDEN, desc = "A bell is left over.")
  @State
  public static class Sleeping {
    private final SmallRing ring = new SmallRing();

    @Actor
    public void producer(ZZ_Result result) {
      ring.writer.offer(Ring.QUEUED, SEQUENCE, BODY, 0);
      result.r1 = ring.writer.publish();
    }

    @Actor
    public void consumer(ZZ_Result result) {
      ring.reader.prepareToSleep();
      result.r2 = !ring.reader.hasNext() || !ring.reader.cancelSleep();
    }
  }

  @JCStressTest
  @Description("A task is started or withdrawn.")
  @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The worker runs it.")
  @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The pool has it back.")
  @Outcome(expect = FORBIDDEN, desc = "Both have it, or nobody.")
  @State
  public static class Starting {
    private final SmallRing ring = new SmallRing();
    private final long position = ring.writer.offer(Ring.QUEUED, SEQUENCE, BODY, 0);

    public Starting() {
      ring.writer.publish();
      ring.reader.hasNext();
    }

    @Actor
    public void worker(ZZ_Result result) {
      result.r1 = ring.reader.start();
    }

    @Actor
    public void pool(ZZ_Result result) {
      result.r2 = ring.writer.withdraw(position);
    }
  }
}
