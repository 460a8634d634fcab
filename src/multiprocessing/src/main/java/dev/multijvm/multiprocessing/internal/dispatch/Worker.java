package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.WorkerInfo;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pool's view of one worker process, guarded by the pool's lock; what it sends is for its
/// [Inbox].
final class Worker {
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

  private final long startNanos = System.nanoTime();

  final int number;
  final Link link;
  final Inbox inbox;
  private final Dispatcher dispatcher;
  private final InFlight inFlight = new InFlight();
  private final BitSet knownShapes = new BitSet();
  private final Set<Integer> knownFunctions = new HashSet<>();

  // Set once, before anybody else knows this worker.
  private @Nullable WorkerProcess process;
  private @Nullable Channel channel;
  private WorkerStarter.@Nullable Traces traces;

  Phase phase = Phase.STARTING;

  /// Whether it has run its initializer; before that it starts no task.
  private boolean cameToLife;

  /// Whether it was killed because it did not come to life in time.
  boolean tookTooLong;

  /// How many tasks it has.
  private int load;

  /// Whether it has a task with a timeout, behind which nothing is sent.
  private boolean exclusive;

  /// Those of the task with a timeout, and of tasks that were interrupted.
  final Alarms taskAlarms = new Alarms();

  /// Those of its coming to life.
  final Alarms startAlarms = new Alarms();

  /// Those of its end.
  final Alarms endAlarms = new Alarms();

  /// Whether something was sent that is not published.
  private boolean unpublished;

  /// Whether a task was taken back from it before it was up. What has gone by the link it will read
  /// all the same, so it gets nothing more until then.
  private boolean emptied;

  private long accepted;
  private long completed;

  Worker(Lifecycle lifecycle, Switchboard switchboard, int number) {
    this.dispatcher = lifecycle.dispatcher();
    this.number = number;
    this.inbox = new Inbox(lifecycle, this, inFlight);
    this.link = new Link(switchboard, inbox);
  }

  void started(WorkerProcess process, Channel channel, WorkerStarter.Traces traces) {
    this.process = process;
    this.channel = channel;
    this.traces = traces;
  }

  /// Both sides have mapped the rings.
  void removeFile() {
    Objects.requireNonNull(traces).removeFile();
  }

  WorkerProcess process() {
    return Objects.requireNonNull(process);
  }

  Channel channel() {
    return Objects.requireNonNull(channel);
  }

  /// Whether nobody has decided that it ends.
  boolean isOnDuty() {
    return phase == Phase.STARTING || phase == Phase.READY;
  }

  boolean takesTasks() {
    return isOnDuty() && !retires();
  }

  /// Whether it may be sent a task before it is up: only one that can be taken back.
  boolean takesTaskInAdvance() {
    return takesTasks() && channel().canWithdraw() && !emptied;
  }

  /// Whether it gets no more tasks and is to be told to end when it has none. If some are taken
  /// back before they start, it may get others in their place.
  boolean retires() {
    return switch (phase) {
      case STARTING, READY -> accepted >= mostTasks();
      case RETIRING -> true;
      case ENDING, DEAD -> false;
    };
  }

  private long mostTasks() {
    int told = dispatcher.options().tasksPerWorker();
    return told == Integer.MAX_VALUE ? Long.MAX_VALUE : told;
  }

  /// Sends it no more tasks, whatever becomes of those it has.
  void retire() {
    if (isOnDuty()) {
      phase = Phase.RETIRING;
    }
  }

  boolean isIdle() {
    return load == 0;
  }

  int load() {
    return load;
  }

  /// Whether more than one task may be sent to it now.
  boolean takesMore(int limit) {
    return phase == Phase.READY
        && takesTasks()
        && !exclusive
        && load < Math.min(limit, channel().window());
  }

  /// Sends a task; [#publish] must follow.
  ///
  /// @return false if there is no room now
  boolean send(Task task) {
    if (attempt(task)) {
      return true;
    }
    if (!isIdle()) {
      return false; // the next result makes room
    }
    // Only what was withdrawn, and so has no result, is in the way.
    inFlight.forgetWithdrawn();
    channel().wantRoom();
    return attempt(task);
  }

  private boolean attempt(Task task) {
    if (!inFlight.hasRoom() || !define(task.needs)) {
      return false;
    }
    inFlight.add(task);
    task.worker = this;
    if (!channel().sendTask(task)) {
      inFlight.removeLast();
      task.worker = null;
      return false;
    }
    load++;
    accepted++;
    unpublished = true;
    exclusive = task.hasTimeout();
    if (task.isTimed()) {
      dispatcher.notes().dispatched(number, process().pid(), task.encodedAt);
    }
    return true;
  }

  private boolean define(List<Definition> needs) {
    for (int i = 0; i < needs.size(); i++) {
      var one = needs.get(i);
      if (!knows(one)) {
        if (!define(one.needs()) || !channel().send(one.kind(), one.number(), one.encoded())) {
          return false;
        }
        learn(one);
      }
    }
    return true;
  }

  private boolean knows(Definition one) {
    return one.kind() == Message.SHAPE
        ? knownShapes.get(one.number())
        : knownFunctions.contains(one.number());
  }

  private void learn(Definition one) {
    if (one.kind() == Message.SHAPE) {
      knownShapes.set(one.number());
    } else {
      knownFunctions.add(one.number());
    }
    unpublished = true;
  }

  /// Lets the worker forget a function. It keeps it if there is no room to say so.
  void forget(Definition function) {
    if (phase != Phase.DEAD
        && knownFunctions.contains(function.number())
        && channel().send(Message.FORGET, function.number(), NOTHING)) {
      knownFunctions.remove(function.number());
      unpublished = true;
    }
  }

  /// Shows the worker what was sent.
  ///
  /// @return whether its channel is to be rung after the lock was released
  boolean publish() {
    if (!unpublished || phase == Phase.DEAD) {
      return false;
    }
    unpublished = false;
    return channel().publish();
  }

  /// Whether `task` is here and has no result yet.
  boolean runs(Task task, long sequence) {
    return phase != Phase.DEAD
        && task.worker == this
        && task.sequence == sequence
        && inFlight.has(task)
        && !channel().hasFinished(task);
  }

  void interrupt(Task task) {
    link.send(Message.CANCEL, task.sequence, NOTHING);
  }

  /// Takes back a task that has not started.
  ///
  /// @return false if it has
  boolean withdraw(Task task) {
    // Where a finished task lay in the ring, there may be another by now.
    if (phase == Phase.DEAD || channel().hasFinished(task) || !channel().withdraw(task)) {
      return false;
    }
    inFlight.remove(task);
    task.worker = null;
    emptied |= phase == Phase.STARTING;
    accepted--;
    hasLess(1);
    return true;
  }

  /// Takes back up to `most` tasks that have not started, the last first.
  List<Task> withdraw(int most) {
    var withdrawn = new ArrayList<Task>();
    for (var task : inFlight.latestFirst()) {
      if (withdrawn.size() == most || !withdraw(task)) {
        break;
      }
      withdrawn.add(task);
    }
    return withdrawn;
  }

  /// All tasks that were sent and have no result, the last first.
  List<Task> tasks() {
    return inFlight.latestFirst();
  }

  /// After the process's end: waits until all it sent has been handled.
  void awaitLastResults() {
    channel().drain();
    if (link.isConnected() || !inbox.halfDone().isEmpty()) {
      link.awaitEnd();
    }
  }

  /// Releases all there was of a worker that was judged.
  void bury() {
    channel().close();
    Objects.requireNonNull(traces).remove();
  }

  /// Of a task on a dead worker: whether it may have run.
  boolean hadStarted(Task task) {
    return cameToLife && channel().hasStarted(task);
  }

  /// Asks the worker to run the exit hook and end.
  void end() {
    phase = Phase.ENDING;
    if (channel().send(Message.EXIT, 0, NOTHING)) {
      unpublished = true;
    } else {
      process().terminate();
    }
  }

  /// So many tasks have their results.
  void finished(int count) {
    completed += count;
    hasLess(count);
  }

  private void hasLess(int count) {
    load -= count;
    if (load == 0) {
      exclusive = false;
      taskAlarms.callOff();
    }
  }

  boolean cameToLife() {
    return cameToLife;
  }

  void comeToLife() {
    cameToLife = true;
    startAlarms.callOff();
    if (phase == Phase.STARTING) {
      phase = Phase.READY;
    }
  }

  void die() {
    phase = Phase.DEAD;
    taskAlarms.callOff();
    startAlarms.callOff();
    endAlarms.callOff();
  }

  /// How many nanoseconds ago its start began.
  long age() {
    return System.nanoTime() - startNanos;
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
