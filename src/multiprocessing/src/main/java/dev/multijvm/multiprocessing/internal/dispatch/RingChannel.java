package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.Transport;
import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.ring.RingPair;
import dev.multijvm.multiprocessing.internal.ring.RingReader;
import dev.multijvm.multiprocessing.internal.ring.RingWriter;
import dev.multijvm.multiprocessing.internal.ring.Spin;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.util.concurrent.locks.ReentrantLock;

/// A worker with two rings in shared memory; what is too large for them goes by the link, announced
/// in the ring.
///
/// The ring of tasks is written with the pool's lock. The ring of results is read with the drain
/// lock, by the thread that hears bells or by a caller that awaits a result. Who holds the drain
/// lock may take the pool's lock, never the other way round.
final class RingChannel implements Channel {
  /// Results handled before the dispatcher is told.
  private static final int BATCH = 256;

  private final Worker worker;
  private final Link link;
  private final RingPair rings;
  private final RingWriter tasks;
  private final RingReader results;
  private final ReentrantLock drainLock = new ReentrantLock();
  private final Decoder decoder = new Decoder(new byte[0]);
  private final Spin spin = new Spin();
  private boolean closed;

  RingChannel(Worker worker, Link link, RingPair rings) {
    this.worker = worker;
    this.link = link;
    this.rings = rings;
    tasks = rings.taskWriter();
    results = rings.resultReader();
    // From the first result on a bell is wanted.
    results.prepareToSleep();
  }

  @Override
  public Transport transport() {
    return Transport.SHARED_MEMORY;
  }

  @Override
  public int window() {
    return InFlight.CAPACITY;
  }

  @Override
  public boolean send(int kind, long sequence, byte[] body) {
    return offer(kind, kind, sequence, body) >= 0;
  }

  @Override
  public boolean sendTask(Task task) {
    long position = offer(Ring.QUEUED, Message.TASK, task.sequence, task.body);
    task.position = position;
    return position >= 0;
  }

  private long offer(int kind, int kindByLink, long sequence, byte[] body) {
    if (body.length <= Ring.LARGEST_BODY) {
      return tasks.offer(kind, sequence, body, body.length);
    }
    long position = tasks.offerByLink(kind, sequence);
    if (position >= 0) {
      link.send((byte) kindByLink, sequence, body);
    }
    return position;
  }

  @Override
  public void wantRoom() {
    tasks.prepareToWaitForRoom();
  }

  @Override
  public boolean publish() {
    return tasks.publish();
  }

  @Override
  public void ring() {
    worker.process().ring();
  }

  @Override
  public boolean canWithdraw() {
    return true;
  }

  @Override
  public boolean withdraw(Task task) {
    return tasks.withdraw(task.position);
  }

  @Override
  public boolean hasStarted(Task task) {
    return tasks.kind(task.position) == Ring.STARTED;
  }

  @Override
  public boolean hasFinished(Task task) {
    return results.finished() > task.sequence;
  }

  @Override
  public void drain() {
    drainLock.lock();
    try {
      if (!closed) {
        drainAndListen();
      }
    } finally {
      drainLock.unlock();
    }
  }

  @Override
  public void drainFor(Submission<?> submission, long patienceNanos) {
    // Not within the handling of a result, where code of the user may run.
    boolean isWithin = drainLock.isHeldByCurrentThread();
    if (submission.isDone() || isWithin || !drainLock.tryLock()) {
      return;
    }
    try {
      if (!closed) {
        // While somebody looks, no bell is needed.
        results.cancelSleep();
        spin.begin(patienceNanos);
        while (!submission.isDone() && (drainBatch() || spin.goesOn())) {
          // Until it is there, or patience is over.
        }
        drainAndListen();
      }
    } catch (Throwable problem) {
      // No bell will be rung any more. The end of the worker completes what it had.
      worker.process().killAfter(problem);
    } finally {
      drainLock.unlock();
    }
  }

  /// Handles all results that are there, and asks for a bell at the next one.
  private void drainAndListen() {
    boolean more = true;
    while (more) {
      while (drainBatch()) {
        // Until there is nothing.
      }
      results.prepareToSleep();
      more = results.hasNext();
    }
  }

  private boolean drainBatch() {
    int count = 0;
    while (count < BATCH && results.hasNext()) {
      handle(results.kind(), results.sequence(), results.size());
      results.advance();
      count++;
    }
    if (count > 0) {
      if (results.release()) {
        ring();
      }
      worker.inbox.account();
    }
    return count > 0;
  }

  private void handle(int kind, long sequence, int size) {
    if (size == Ring.BY_LINK) {
      if (kind == Message.RESULT) {
        worker.inbox.resultByLink(sequence);
      }
    } else {
      decoder.reset(results.body(), 0, size);
      worker.inbox.handle(kind, sequence, decoder);
    }
  }

  @Override
  public void close() {
    link.close();
    drainLock.lock();
    try {
      if (!closed) {
        closed = true;
        rings.close();
      }
    } finally {
      drainLock.unlock();
    }
  }
}
