package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;

/// Messages by the link alone, where there is no shared memory. The pool sends a task only to an
/// idle worker, so one that was sent counts as started.
final class LinkPort implements Port {
  private final WorkerLink link;
  private WorkerLink.Parcel current = WorkerLink.Parcel.NONE;

  LinkPort(WorkerLink link) {
    this.link = link;
  }

  @Override
  public void await() {
    current = link.awaitNext();
  }

  @Override
  public int kind() {
    return current.kind();
  }

  @Override
  public long sequence() {
    return current.sequence();
  }

  @Override
  public Decoder body() {
    return current.body();
  }

  @Override
  public boolean start() {
    return true;
  }

  @Override
  public void send(byte kind, long sequence, Encoder body) {
    link.send(kind, sequence, body);
  }

  @Override
  public void leave() {
    current = WorkerLink.Parcel.NONE;
  }

  @Override
  public boolean leaveUnanswered() {
    leave();
    return false;
  }
}
