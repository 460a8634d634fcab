package dev.multijvm.multiprocessing.internal.insight;

import dev.multijvm.multiprocessing.PoolInsights;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.Transport;
import java.util.HashMap;
import java.util.Map;

/// What one pool notes about itself. Any thread may.
///
/// The events of the Flight Recorder are made where it records; everything about it is behind
/// [FlightEvents], which is not even loaded otherwise: the JDK's module may be missing.
public final class Insights {
  private static final boolean HAS_FLIGHT_RECORDER =
      ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private final Times start = new Times();
  private final Times serialize = new Times();
  private final Times wait = new Times();
  private final Times run = new Times();

  // Guarded by this.
  private final Map<String, Integer> starts = new HashMap<>();
  private int started;
  private int losses;

  private static boolean isRecording() {
    return HAS_FLIGHT_RECORDER && FlightEvents.isRecording();
  }

  /// A worker was started.
  public synchronized void started(String manner) {
    started++;
    starts.merge(manner, 1, Integer::sum);
  }

  /// A worker has come to life.
  public void ready(int worker, long pid, String manner, long startNanos) {
    start.add(startNanos);
    if (isRecording()) {
      FlightEvents.workerStart(worker, pid, manner, startNanos);
    }
  }

  /// A worker has died that was not told to.
  public void lost(int worker, long pid, String end, int tasks) {
    synchronized (this) {
      losses++;
    }
    if (isRecording()) {
      FlightEvents.workerLoss(worker, pid, end, tasks);
    }
  }

  /// A task was encoded.
  public void encoded(long nanos) {
    serialize.add(nanos);
  }

  /// A task that was encoded at `encodedAt` is on its way to a worker.
  public void dispatched(int worker, long pid, long encodedAt) {
    if (isRecording()) {
      FlightEvents.taskDispatch(worker, pid, System.nanoTime() - encodedAt);
    }
  }

  /// A task that was encoded at `encodedAt` has come back.
  public void ran(int worker, long pid, long encodedAt, long runNanos) {
    long waitNanos = System.nanoTime() - encodedAt - runNanos;
    wait.add(waitNanos);
    run.add(runNanos);
    if (isRecording()) {
      FlightEvents.taskRun(worker, pid, waitNanos, runNanos);
    }
  }

  /// All that was noted so far.
  public synchronized PoolInsights soFar(
      int workers, Transport transport, StartMethod startMethod) {
    return new PoolInsights(
        transport,
        startMethod,
        starts,
        Math.max(0, started - workers),
        losses,
        start.histogram(),
        serialize.histogram(),
        wait.histogram(),
        run.histogram());
  }
}
