package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The worker's end of its socket to the pool: cancellations, and what is too large for a ring or
/// has no ring. A thread reads it: its end is the end of the pool, so this process halts, whatever
/// it does. Another thread writes, because a thread that user code can interrupt would close the
/// socket by touching it.
final class WorkerLink {
  /// The most bytes given to or taken from the channel at once: it makes a copy as large outside
  /// the heap.
  private static final int PIECE = 128 << 10;

  /// A message of the pool.
  ///
  /// @param bytes the body; null if there was no memory for its `size`
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Parcel(int kind, long sequence, int size, byte @Nullable [] bytes) {
    static final Parcel NONE = new Parcel(0, 0, 0, new byte[0]);

    /// The body, from its start.
    ///
    /// @throws OutOfMemoryError if there was no memory for it
    Decoder body() {
      if (bytes == null) {
        throw new OutOfMemoryError("no room in this worker for a message of " + size + " bytes");
      }
      return new Decoder(bytes);
    }
  }

  /// So long the start of a worker may go on before the link's share of it begins: classes of
  /// sockets cost as much as all others, and the first result does not travel here. Until then a
  /// cancellation waits.
  private static final int DELAY_MILLIS = 150;

  private final Interrupter interrupter;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.

  /// Where the pool is; null until that is known.
  private @Nullable BootRecord boot;

  private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
  private final ArrayDeque<Parcel> incoming = new ArrayDeque<>();
  private boolean needed;

  WorkerLink(Interrupter interrupter) {
    this.interrupter = interrupter;
  }

  /// Starts the thread that reads. Once it knows the pool it connects by itself, and then starts
  /// the thread that writes.
  void open() {
    start("multijvm link reader", new Reader(this));
  }

  /// Tells the link to which pool it leads.
  void leadTo(BootRecord pool) {
    lock.lock();
    try {
      boot = pool;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private BootRecord awaitPool() {
    lock.lock();
    try {
      while (boot == null) {
        changed.awaitUninterruptibly();
      }
      return boot;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the link has something to carry, but no longer than [#DELAY_MILLIS].
  private void awaitNeed() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);
      while (left > 0 && !needed) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      // Whoever interrupts all threads only makes this one connect at once.
    } finally {
      lock.unlock();
    }
  }

  private static void start(String name, Runnable body) {
    var thread = new Thread(null, body, name, 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  /// Sends a message, in the order of the calls. Does not wait, unless the message is large.
  void send(byte kind, long sequence, Encoder body) {
    if (body.size() > PIECE) {
      sendAndFlush(kind, sequence, body);
    } else {
      enqueue(kind, sequence, body.size(), ByteBuffer.wrap(body.toBytes()));
    }
  }

  /// Sends a message, in the order of the calls, and waits until the kernel has it all. Interrupts
  /// do not matter here: one that comes now was meant for a task that has ended.
  void sendAndFlush(byte kind, long sequence, Encoder body) {
    enqueue(kind, sequence, body.size(), ByteBuffer.wrap(body.array(), 0, body.size()));
    lock.lock();
    try {
      while (!outgoing.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(byte kind, long sequence, int size, ByteBuffer body) {
    var header =
        ByteBuffer.allocate(Integer.BYTES + Message.HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(Message.HEADER_SIZE + size).put(kind).putLong(sequence).flip();
    lock.lock();
    try {
      outgoing.add(header);
      outgoing.add(body);
      needed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// The next message in the order of arrival.
  Parcel awaitNext() {
    lock.lock();
    try {
      if (!needed) {
        needed = true;
        changed.signalAll();
      }
      while (incoming.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      return incoming.remove();
    } finally {
      lock.unlock();
    }
  }

  /// The message that the ring announced: the link keeps the ring's order.
  Parcel awaitParcel(long sequence) {
    var parcel = awaitNext();
    if (parcel.sequence() != sequence) {
      throw new IllegalStateException(
          "message " + sequence + " was announced, " + parcel.sequence() + " came");
    }
    return parcel;
  }

  private static SocketChannel connected(BootRecord pool) throws IOException {
    var opened = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(pool.linkPath())));
    writeFully(opened, ByteBuffer.wrap(pool.token()));
    return opened;
  }

  private static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      var piece = bytes.slice(bytes.position(), Math.min(PIECE, bytes.remaining()));
      channel.write(piece);
      bytes.position(bytes.position() + piece.position());
    }
  }

  private record Writer(WorkerLink link, SocketChannel channel) implements Runnable {
    @Override
    public void run() {
      try {
        while (true) {
          writeFully(channel, link.awaitOutput());
          link.outputWritten();
        }
      } catch (IOException _) {
        // The pool has gone.
      } finally {
        Orphan.halt();
      }
    }
  }

  private ByteBuffer awaitOutput() {
    lock.lock();
    try {
      while (outgoing.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      return outgoing.element();
    } finally {
      lock.unlock();
    }
  }

  private void outputWritten() {
    lock.lock();
    try {
      outgoing.remove();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private record Reader(WorkerLink link) implements Runnable {
    @Override
    public void run() {
      try {
        var pool = link.awaitPool();
        link.awaitNeed();
        var channel = connected(pool);
        start("multijvm link writer", new Writer(link, channel));
        while (true) {
          link.receive(channel);
        }
      } catch (IOException _) {
        // The pool has gone.
      } finally {
        Orphan.halt();
      }
    }
  }

  private void receive(SocketChannel from) throws IOException {
    var header = new Decoder(read(from, Integer.BYTES + Message.HEADER_SIZE));
    int size = header.readInt() - Message.HEADER_SIZE;
    byte kind = header.readByte();
    long sequence = header.readLong();
    if (kind == Message.CANCEL) {
      interrupter.interrupt(sequence);
    } else {
      deliver(new Parcel(kind, sequence, size, readIfThereIsRoom(from, size)));
    }
  }

  private void deliver(Parcel parcel) {
    lock.lock();
    try {
      incoming.add(parcel);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static byte @Nullable [] readIfThereIsRoom(SocketChannel from, int count)
      throws IOException {
    byte[] bytes;
    try {
      bytes = new byte[count];
    } catch (OutOfMemoryError _) {
      skip(from, count);
      return null;
    }
    fill(bytes, from);
    return bytes;
  }

  private static void skip(SocketChannel from, int count) throws IOException {
    for (int left = count; left > 0; ) {
      left -= read(from, Math.min(left, PIECE)).length;
    }
  }

  private static byte[] read(SocketChannel from, int count) throws IOException {
    byte[] bytes = new byte[count];
    fill(bytes, from);
    return bytes;
  }

  private static void fill(byte[] bytes, SocketChannel from) throws IOException {
    for (int filled = 0; filled < bytes.length; ) {
      int part = Math.min(PIECE, bytes.length - filled);
      int count = from.read(ByteBuffer.wrap(bytes, filled, part));
      if (count < 0) {
        throw new EOFException("the pool has gone");
      }
      filled += count;
    }
  }
}
