package dev.multijvm.benchmarks.mode;

import dev.multijvm.benchmarks.workload.Workload;
import dev.multijvm.benchmarks.workload.WrongAnswerException;
import dev.multijvm.multiprocessing.SerializableRunnable;
import java.util.concurrent.atomic.AtomicLong;

/// What a JVM does before its work is timed: the workload at the size that will be measured,
/// several times.
///
/// HotSpot warms each JVM alone, so the fork does it in the modes that live there and every worker
/// does it in the process pool. Calls matter, not time alone: the first call of a long loop is
/// compiled while it runs (on-stack replacement), the second is entered through the code made for
/// that, and only from the third on does the method run as it will be measured.
///
/// @param workload what to run; for chunks one of them
/// @param calls how often, at least 0
public record WarmUp(Workload workload, int calls) implements SerializableRunnable {

  /// The fewest calls after which a long-running kernel is taken to be compiled for good.
  public static final int ENOUGH_CALLS = 5;

  private static final AtomicLong COMPLETED = new AtomicLong();

  public WarmUp {
    if (calls < 0) {
      throw new IllegalArgumentException("calls must not be negative: " + calls);
    }
  }

  /// Returns a warm-up with as many calls as settle a kernel of 50 ms or more.
  public static WarmUp of(Workload workload) {
    return new WarmUp(workload, ENOUGH_CALLS);
  }

  /// Returns how many warm-ups this JVM has completed.
  public static long completed() {
    return COMPLETED.get();
  }

  @Override
  public void run() {
    long expected = workload.answer();
    for (int i = 0; i < calls; i++) {
      long seen = call();
      if (seen != expected) {
        throw new WrongAnswerException(workload.kernel(), expected, seen);
      }
    }
    COMPLETED.incrementAndGet();
  }

  private long call() {
    try {
      return workload.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the warm-up of " + workload, e);
    } catch (Exception e) {
      throw new IllegalStateException("the warm-up failed: " + workload, e);
    }
  }
}
