package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.Transport;
import dev.multijvm.multiprocessing.internal.wire.Message;

/// A worker without shared memory: everything goes by the link. What the worker has started cannot
/// be known, so it gets one task at a time, which counts as started once it is sent.
final class LinkChannel implements Channel {
  private final Link link;

  LinkChannel(Link link) {
    this.link = link;
  }

  @Override
  public Transport transport() {
    return Transport.SOCKET;
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public boolean send(int kind, long sequence, byte[] body) {
    link.send((byte) kind, sequence, body);
    return true;
  }

  @Override
  public boolean sendTask(Task task) {
    return send(Message.TASK, task.sequence, task.body);
  }

  @Override
  public void wantRoom() {
    throw new IllegalStateException("a link always has room");
  }

  @Override
  public boolean publish() {
    return false;
  }

  @Override
  public void ring() {
    throw new IllegalStateException("a link needs no bell");
  }

  @Override
  public boolean canWithdraw() {
    return false;
  }

  @Override
  public boolean withdraw(Task task) {
    return false;
  }

  @Override
  public boolean hasStarted(Task task) {
    return true;
  }

  @Override
  public boolean hasFinished(Task task) {
    return false;
  }

  @Override
  public void drain() {
    // The switchboard's thread handles results as they come.
  }

  @Override
  public void drainFor(Submission<?> submission, long patienceNanos) {
    // As above.
  }

  @Override
  public void close() {
    link.close();
  }
}
