package dev.multijvm.multiprocessing.internal.insight;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// Events for the JDK's Flight Recorder. To be touched only where its module is there.
@SuppressWarnings("UnusedVariable") // the fields of events are read by the Flight Recorder
final class FlightEvents {
  private FlightEvents() {}

  /// Whether anybody has asked for a recording yet.
  static boolean isRecording() {
    return FlightRecorder.isInitialized();
  }

  @Category("multijvm")
  @StackTrace(false)
  private abstract static class WorkerEvent extends Event {
    @Label("Number of the worker in its pool")
    int worker;

    @Label("Process id of the worker")
    long pid;
  }

  @Name("dev.multijvm.WorkerStart")
  @Label("A worker has come to life")
  private static final class WorkerStart extends WorkerEvent {
    @Label("How it was started")
    String manner = "";

    @Label("From its start until it was ready")
    @Timespan(Timespan.NANOSECONDS)
    long startup;
  }

  @Name("dev.multijvm.WorkerLoss")
  @Label("A worker has died")
  private static final class WorkerLoss extends WorkerEvent {
    @Label("How it ended")
    String end = "";

    @Label("Tasks lost with it")
    int tasks;
  }

  @Name("dev.multijvm.TaskDispatch")
  @Label("A task was given to a worker")
  private static final class TaskDispatch extends WorkerEvent {
    @Label("From its submission until then")
    @Timespan(Timespan.NANOSECONDS)
    long waited;
  }

  @Name("dev.multijvm.TaskRun")
  @Label("A task has run")
  private static final class TaskRun extends WorkerEvent {
    @Label("From its submission to its result, without running")
    @Timespan(Timespan.NANOSECONDS)
    long waitTime;

    @Label("How long it ran")
    @Timespan(Timespan.NANOSECONDS)
    long runTime;
  }

  static void workerStart(int worker, long pid, String manner, long startNanos) {
    var event = of(worker, pid, new WorkerStart());
    event.manner = manner;
    event.startup = startNanos;
    event.commit();
  }

  static void workerLoss(int worker, long pid, String end, int tasks) {
    var event = of(worker, pid, new WorkerLoss());
    event.end = end;
    event.tasks = tasks;
    event.commit();
  }

  static void taskDispatch(int worker, long pid, long waitedNanos) {
    var event = of(worker, pid, new TaskDispatch());
    event.waited = waitedNanos;
    event.commit();
  }

  static void taskRun(int worker, long pid, long waitNanos, long runNanos) {
    var event = of(worker, pid, new TaskRun());
    event.waitTime = waitNanos;
    event.runTime = runNanos;
    event.commit();
  }

  private static <E extends WorkerEvent> E of(int worker, long pid, E event) {
    event.worker = worker;
    event.pid = pid;
    return event;
  }
}
