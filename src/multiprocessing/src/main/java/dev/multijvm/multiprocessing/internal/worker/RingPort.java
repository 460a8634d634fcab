package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.ring.RingPair;
import dev.multijvm.multiprocessing.internal.ring.RingReader;
import dev.multijvm.multiprocessing.internal.ring.RingWriter;
import dev.multijvm.multiprocessing.internal.ring.Spin;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/// Messages by two rings in shared memory, with bells on the standard streams to wake who sleeps;
/// what is too large for a ring comes and goes by the link.
///
/// The standard streams are plain files to the JDK, so an interrupt of the task thread does not
/// close them.
final class RingPort implements Port {
  private final RingReader tasks;
  private final RingWriter results;
  private final FileInputStream bellsIn;
  private final FileOutputStream bellsOut;
  private final WorkerLink link;
  private final Decoder decoder = new Decoder(new byte[0]);
  private final Spin spin = new Spin();
  private final byte[] bells = new byte[64];

  RingPort(RingPair rings, FileInputStream bellsIn, FileOutputStream bellsOut, WorkerLink link) {
    tasks = rings.taskReader();
    results = rings.resultWriter();
    this.bellsIn = bellsIn;
    this.bellsOut = bellsOut;
    this.link = link;
  }

  @Override
  public void await() {
    spin.begin(Spin.WAKE_UP_NANOS);
    while (spin.goesOn()) {
      if (tasks.hasNext()) {
        return;
      }
    }
    while (!tasks.hasNext()) {
      tasks.prepareToSleep();
      if (!tasks.hasNext() || !tasks.cancelSleep()) {
        awaitBell();
      }
    }
  }

  private void awaitBell() {
    try {
      if (bellsIn.read(bells) < 0) {
        Orphan.halt();
      }
    } catch (IOException _) {
      Orphan.halt();
    }
  }

  @Override
  public int kind() {
    return tasks.kind();
  }

  @Override
  public long sequence() {
    return tasks.sequence();
  }

  @Override
  public Decoder body() {
    int size = tasks.size();
    if (size == Ring.BY_LINK) {
      return link.awaitParcel(tasks.sequence()).body();
    }
    decoder.reset(tasks.body(), 0, size);
    return decoder;
  }

  @Override
  public boolean start() {
    boolean started = tasks.start();
    if (!started && tasks.size() == Ring.BY_LINK) {
      var _ = link.awaitParcel(tasks.sequence());
    }
    return started;
  }

  @Override
  public void send(byte kind, long sequence, Encoder body) {
    boolean isLarge = body.size() > Ring.LARGEST_BODY;
    if (isLarge) {
      link.sendAndFlush(kind, sequence, body);
    }
    while (!offered(kind, sequence, body, isLarge)) {
      results.prepareToWaitForRoom();
      if (offered(kind, sequence, body, isLarge)) {
        if (!results.cancelWait()) {
          awaitBell();
        }
        break;
      }
      awaitBell();
    }
    if (kind == Message.RESULT ? results.publishResult(sequence + 1) : results.publish()) {
      bell();
    }
  }

  private boolean offered(byte kind, long sequence, Encoder body, boolean isLarge) {
    long position =
        isLarge
            ? results.offerByLink(kind, sequence)
            : results.offer(kind, sequence, body.array(), body.size());
    return position >= 0;
  }

  private void bell() {
    try {
      bellsOut.write(Message.BELL);
    } catch (IOException _) {
      Orphan.halt();
    }
  }

  @Override
  public void leave() {
    tasks.advance();
    tasks.releaseQuietly();
  }

  @Override
  public boolean leaveUnanswered() {
    tasks.advance();
    return tasks.release();
  }
}
