package dev.multijvm.multiprocessing;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.multijvm.multiprocessing.internal.shared.Apart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.function.IntSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// What two participants who wait for each other may see; run by `LitmusTest`.
///
/// All tries of a test wait for the same things, one try after the other. What is written between
/// is written plainly, and belongs to the try.
public final class WaitingLitmus {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private WaitingLitmus() {}

  @JCStressTest
  @Description("One permit has one holder, who sees what the one before wrote.")
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "Two held one permit, or none came.")
  @State
  public static class OwnedPermit {
    private static final SharedSemaphore ONE;
    private static final SharedSemaphore OTHER;

    static {
      try {
        ONE = SharedSemaphore.owned(1);
        OTHER = new SharedSemaphore(Apart.open(ONE.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int number;

    @Actor
    public void one() {
      add(ONE);
    }

    @Actor
    public void other() {
      add(OTHER);
    }

    private void add(SharedSemaphore semaphore) {
      take(semaphore);
      number++;
      semaphore.release();
    }

    @Arbiter
    public void sum(I_Result result) {
      result.r1 = number;
    }
  }

  @JCStressTest
  @Description("A permit given away brings what was written before, there and back.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each saw what the other wrote.")
  @Outcome(expect = FORBIDDEN, desc = "A permit came without what was written before.")
  @State
  public static class UnownedPermit {
    private static final SharedSemaphore THERE;
    private static final SharedSemaphore THERE_TOO;
    private static final SharedSemaphore BACK;
    private static final SharedSemaphore BACK_TOO;

    static {
      try {
        THERE = SharedSemaphore.unowned(0);
        THERE_TOO = new SharedSemaphore(Apart.open(THERE.file));
        BACK = SharedSemaphore.unowned(0);
        BACK_TOO = new SharedSemaphore(Apart.open(BACK.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int there;
    private int back;

    @Actor
    public void one(II_Result result) {
      there = 1;
      THERE.release();
      take(BACK);
      result.r2 = back;
    }

    @Actor
    public void other(II_Result result) {
      take(THERE_TOO);
      result.r1 = there;
      back = 2;
      BACK_TOO.release();
    }
  }

  private static void take(SharedSemaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(DEADLINE)) {
        throw new AssertionError("no permit came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @JCStressTest
  @Description("An event that is set brings what was written before, there and back.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each saw what the other wrote.")
  @Outcome(expect = FORBIDDEN, desc = "It was set, and what was written before not seen.")
  @State
  public static class Event {
    private static final SharedEvent THERE;
    private static final SharedEvent THERE_TOO;
    private static final SharedEvent BACK;
    private static final SharedEvent BACK_TOO;

    static {
      try {
        THERE = SharedEvent.create();
        THERE_TOO = new SharedEvent(Apart.open(THERE.file));
        BACK = SharedEvent.create();
        BACK_TOO = new SharedEvent(Apart.open(BACK.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int there;
    private int back;

    @Actor
    public void one(II_Result result) {
      there = 1;
      THERE.set();
      awaitAndClear(BACK);
      result.r2 = back;
    }

    @Actor
    public void other(II_Result result) {
      awaitAndClear(THERE_TOO);
      result.r1 = there;
      back = 2;
      BACK_TOO.set();
    }

    /// The other side sets it again only when it has heard from this one.
    private static void awaitAndClear(SharedEvent event) {
      try {
        if (!event.await(DEADLINE)) {
          throw new AssertionError("it was not set");
        }
        event.clear();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @JCStressTest
  @Description("Behind a barrier each sees what the other wrote before it.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each saw what the other wrote.")
  @Outcome(expect = FORBIDDEN, desc = "It was passed, and what was written before not seen.")
  @State
  public static class Barrier {
    private static final SharedBarrier ONE;
    private static final SharedBarrier OTHER;

    static {
      try {
        ONE = SharedBarrier.create(2);
        OTHER = new SharedBarrier(Apart.open(ONE.file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int one;
    private int other;

    @Actor
    public void one(II_Result result) {
      one = 1;
      meet(ONE);
      result.r2 = other;
    }

    @Actor
    public void other(II_Result result) {
      other = 2;
      meet(OTHER);
      result.r1 = one;
    }

    private static void meet(SharedBarrier barrier) {
      try {
        barrier.await(DEADLINE);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  @JCStressTest
  @Description("Who was signalled has the lock, and sees what was written before, there and back.")
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "Each saw what the other wrote.")
  @Outcome(expect = FORBIDDEN, desc = "A signal was lost, or came without what was written.")
  @State
  public static class Signal {
    private static final SharedLock ONE;
    private static final SharedLock OTHER;
    private static final Condition CHANGED;
    private static final Condition CHANGED_TOO;

    static {
      try {
        ONE = SharedLock.create();
        OTHER = new SharedLock(Apart.open(ONE.file));
        CHANGED = ONE.newCondition();
        CHANGED_TOO = OTHER.condition(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private int there;
    private int back;

    @Actor
    public void one(II_Result result) {
      ONE.lock();
      try {
        there = 1;
        CHANGED.signal();
        awaitChange(CHANGED, () -> back);
        result.r2 = back;
      } finally {
        ONE.unlock();
      }
    }

    @Actor
    public void other(II_Result result) {
      OTHER.lock();
      try {
        awaitChange(CHANGED_TOO, () -> there);
        result.r1 = there;
        back = 2;
        CHANGED_TOO.signal();
      } finally {
        OTHER.unlock();
      }
    }

    private static void awaitChange(Condition changed, IntSupplier value) {
      try {
        while (value.getAsInt() == 0) {
          if (!changed.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("no signal came");
          }
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
