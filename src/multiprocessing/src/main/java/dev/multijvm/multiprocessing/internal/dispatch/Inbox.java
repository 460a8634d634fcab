package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one worker sends. Used by the thread that handles its results, but for those that come by
/// the link beside a ring.
final class Inbox implements Link.Listener {
  private final Lifecycle lifecycle;
  private final Dispatcher dispatcher;
  private final Worker worker;
  private final InFlight inFlight;
  private final Halves halves = new Halves();

  // Counted since the dispatcher was last told.
  private int finished;
  private long runNanos;

  Inbox(Lifecycle lifecycle, Worker worker, InFlight inFlight) {
    this.lifecycle = lifecycle;
    this.dispatcher = lifecycle.dispatcher();
    this.worker = worker;
    this.inFlight = inFlight;
  }

  /// Handles a message of the worker.
  void handle(int kind, long sequence, Decoder body) {
    byte status = body.readByte();
    long nanos = body.readLong();
    if (kind == Message.READY) {
      lifecycle.ready(worker, status, body);
      return;
    }
    if (kind == Message.ROOM) {
      dispatcher.hasRoom();
      return;
    }
    runNanos += nanos;
    var task = inFlight.take(sequence);
    if (task != null) {
      finished++;
      complete(task, status, nanos, body);
    }
  }

  /// The ring announced a result that comes by the link.
  void resultByLink(long sequence) {
    var task = inFlight.take(sequence);
    if (task != null) {
      finished++;
      announce(task);
    }
  }

  private void announce(Task task) {
    Halves.Whole result;
    try {
      result = halves.announce(task);
    } catch (OutOfMemoryError problem) {
      task.threw(problem); // nobody else knows it any more
      return;
    }
    completeIfWhole(result);
  }

  /// Tells the dispatcher what was handled.
  void account() {
    int count = finished;
    long nanos = runNanos;
    finished = 0;
    runNanos = 0;
    dispatcher.finished(worker, count, nanos);
  }

  @Override
  public void received(byte kind, long sequence, Decoder body) {
    if (worker.channel() instanceof LinkChannel) {
      handle(kind, sequence, body);
      account();
    } else if (kind == Message.READY) {
      handle(kind, sequence, body); // a failure of the initializer that is long
    } else {
      completeIfWhole(halves.bring(sequence, body));
    }
  }

  @Override
  public void ended() {
    lifecycle.expectEnd(worker);
  }

  /// The tasks whose results were announced and never came whole.
  List<Task> halfDone() {
    return halves.announced();
  }

  private void completeIfWhole(Halves.@Nullable Whole result) {
    if (result != null) {
      var body = result.body();
      byte status = body.readByte();
      long nanos = body.readLong();
      complete(result.task(), status, nanos, body);
      dispatcher.ran(nanos);
    }
  }

  private void complete(Task task, byte status, long nanos, Decoder body) {
    try {
      if (status == Message.THREW_EXHAUSTED) {
        dispatcher.retire(worker);
      }
      if (task.isTimed()) {
        dispatcher.notes().ran(worker.number, worker.process().pid(), task.encodedAt, nanos);
      }
      if (status == Message.RETURNED) {
        task.returned(nanos, body);
      } else {
        task.threw(Throwables.read(body, dispatcher.reader()));
      }
    } catch (Throwable problem) {
      // Memory has run out, most likely, or code of the user has thrown what it does not declare.
      // The thread that reads results must go on.
      task.threw(problem);
    }
  }
}
