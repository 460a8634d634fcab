package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.WorkerInfo;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pool's view of one worker process. All but the constants is guarded by the dispatcher's
/// lock.
final class Worker implements Link.Listener {
  /// The state of a worker; it only moves downwards.
  enum Phase {
    /// The JVM starts or the initializer runs; tasks may already be sent.
    STARTING,
    READY,
    /// Gets no more tasks, and is told to end when it has none.
    RETIRING,
    /// Was told to end.
    ENDING,
    /// Its death was judged.
    DEAD
  }

  private static final byte[] NOTHING = {};

  final int number;
  final Link link;
  final Set<Long> knownFunctions = new HashSet<>();
  private final Dispatcher dispatcher;
  private final ArrayDeque<Task> inFlight = new ArrayDeque<>();

  Phase phase = Phase.STARTING;
  private long nextSequence;
  long completed;
  private @Nullable WorkerProcess process;

  Worker(Dispatcher dispatcher, Switchboard switchboard, int number) {
    this.dispatcher = dispatcher;
    this.number = number;
    this.link = new Link(switchboard, this);
  }

  void started(WorkerProcess process) {
    this.process = process;
  }

  WorkerProcess process() {
    if (process == null) {
      throw new IllegalStateException("worker " + number + " was not started");
    }
    return process;
  }

  boolean takesTasks() {
    return phase == Phase.STARTING || phase == Phase.READY;
  }

  boolean isIdle() {
    return inFlight.isEmpty();
  }

  long sent() {
    return nextSequence;
  }

  void send(Task task) {
    var function = task.function;
    if (function != null && knownFunctions.add(function.number())) {
      link.send(Message.DEFINE, function.number(), function.encoded());
    }
    task.worker = this;
    task.sequence = nextSequence++;
    task.startsLeft--;
    inFlight.add(task);
    link.send(Message.TASK, task.sequence, task.body);
  }

  void forget(SharedFunction function) {
    if (knownFunctions.remove(function.number())) {
      link.send(Message.FORGET, function.number(), NOTHING);
    }
  }

  void interrupt(Task task) {
    link.send(Message.CANCEL, task.sequence, NOTHING);
  }

  /// Asks the worker to run the exit hook and end.
  void end() {
    phase = Phase.ENDING;
    link.send(Message.EXIT, 0, NOTHING);
  }

  /// The task of `sequence`; null if it is not there any more.
  @Nullable Task take(long sequence) {
    var task = inFlight.peek();
    if (task == null || task.sequence != sequence) {
      return null;
    }
    completed++;
    return inFlight.remove();
  }

  boolean runs(Task task) {
    return task.worker == this && inFlight.contains(task);
  }

  List<Task> sentTasks() {
    return List.copyOf(inFlight);
  }

  /// All tasks that were sent and have no result.
  ArrayDeque<Task> takeAll() {
    var all = new ArrayDeque<>(inFlight);
    inFlight.clear();
    return all;
  }

  @Override
  public void received(byte kind, long sequence, Decoder body) {
    switch (kind) {
      case Message.READY -> dispatcher.ready(this, body);
      case Message.RESULT -> dispatcher.result(this, sequence, body);
      default -> process().kill();
    }
  }

  @Override
  public void ended() {
    process().kill();
  }

  WorkerInfo info() {
    var state =
        switch (phase) {
          case STARTING -> WorkerInfo.State.STARTING;
          case READY -> isIdle() ? WorkerInfo.State.IDLE : WorkerInfo.State.BUSY;
          case RETIRING -> isIdle() ? WorkerInfo.State.ENDING : WorkerInfo.State.BUSY;
          case ENDING, DEAD -> WorkerInfo.State.ENDING;
        };
    return new WorkerInfo(number, process().pid(), state, completed);
  }
}
