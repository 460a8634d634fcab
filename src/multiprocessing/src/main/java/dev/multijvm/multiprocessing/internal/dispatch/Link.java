package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The pool's end of the socket to one worker. Any thread may [#send]; everything else happens on
/// the switchboard's thread. What is sent before the worker has connected waits.
final class Link {
  /// Gets what arrives, on the switchboard's thread.
  interface Listener {
    /// A message has come, whole.
    ///
    /// @param body valid during the call only, unless it has more than [#LARGE] bytes
    void received(byte kind, long sequence, Decoder body);

    /// The worker's end was closed, after all it had sent was received.
    void ended();
  }

  private static final System.Logger LOGGER = System.getLogger(Link.class.getPackageName());

  private static final int READ_SIZE = 64 << 10;

  /// A message with a body of more than this is received into an array of its own.
  private static final int LARGE = Ring.LARGEST_BODY;

  /// The most bytes given to a channel at once: it copies all it is given, even if the kernel takes
  /// a few of them.
  private static final int PIECE = 128 << 10;

  /// So much of one link is written before others have their turn.
  private static final int PIECES_AT_ONCE = 16;

  /// The kernel has all there is when the worker has ended; this is for the reading.
  private static final long PATIENCE_MILLIS = 5_000;

  private final Switchboard switchboard;
  private final Listener listener;
  private final ConcurrentLinkedQueue<ByteBuffer> outbox = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  // Of the switchboard's thread.
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private final byte[] bytes = new byte[READ_SIZE];
  private final ByteBuffer incoming = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

  /// The large message that is coming in; null if none is.
  private @Nullable LargeMessage large;

  private volatile boolean connected;
  private volatile boolean closeWanted;

  Link(Switchboard switchboard, Listener listener) {
    this.switchboard = switchboard;
    this.listener = listener;
  }

  /// Sends a message after those sent before. Does not wait.
  void send(byte kind, long sequence, byte[] body) {
    var header =
        ByteBuffer.allocate(Integer.BYTES + Message.HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(Message.HEADER_SIZE + body.length).put(kind).putLong(sequence).flip();
    synchronized (outbox) {
      outbox.add(header);
      outbox.add(ByteBuffer.wrap(body));
    }
    switchboard.wake(this);
  }

  /// Closes the socket; a worker that still lives halts.
  void close() {
    closeWanted = true;
    switchboard.wake(this);
  }

  boolean isConnected() {
    return connected;
  }

  /// Waits until the last message of a worker that has ended was received.
  void awaitEnd() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        var _ = ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        over = true;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void connected(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
    connected = true;
    writeWaiting();
  }

  void writeWaiting() {
    if (closeWanted) {
      end();
    }
    if (channel == null || key == null || !key.isValid()) {
      return;
    }
    try {
      key.interestOps(
          writeSome(channel) ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    } catch (IOException _) {
      // The worker has gone; what it sent is still to be read.
      outbox.clear();
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  /// Returns whether all that waited was written.
  private boolean writeSome(SocketChannel to) throws IOException {
    for (int i = 0; i < PIECES_AT_ONCE; i++) {
      var next = outbox.peek();
      if (next == null) {
        return true;
      }
      var piece = next.slice(next.position(), Math.min(PIECE, next.remaining()));
      to.write(piece);
      next.position(next.position() + piece.position());
      if (piece.hasRemaining()) {
        return false;
      }
      if (!next.hasRemaining()) {
        outbox.remove();
      }
    }
    return outbox.isEmpty();
  }

  void readAvailable() {
    if (channel == null) {
      return;
    }
    try {
      int count = large == null ? channel.read(incoming) : large.read(channel);
      deliverWhole();
      if (count < 0) {
        end();
      }
    } catch (IOException _) {
      end();
    } catch (Throwable problem) {
      // What comes from there makes no sense any more; the others are not to suffer for it.
      LOGGER.log(Level.WARNING, "hung up on a worker", problem);
      end();
    }
  }

  private void deliverWhole() {
    if (large == null) {
      incoming.flip();
      while (large == null && deliverNext()) {
        // Until there is no whole message.
      }
      incoming.compact();
    }
    if (large != null && large.isWhole()) {
      var message = large;
      large = null;
      message.deliver(listener);
    }
  }

  /// Delivers the next message if it is here, or begins to receive it if it is large.
  private boolean deliverNext() {
    if (incoming.remaining() < Integer.BYTES + Message.HEADER_SIZE) {
      return false;
    }
    int start = incoming.position() + Integer.BYTES;
    int size = incoming.getInt(incoming.position());
    if (size < Message.HEADER_SIZE) {
      throw new IllegalStateException("not a message: length " + size);
    }
    if (size - Message.HEADER_SIZE > LARGE) {
      large = LargeMessage.begin(incoming);
      return true;
    }
    if (incoming.limit() - start < size) {
      return false;
    }
    incoming.position(start + size);
    var body = new Decoder(bytes, start, size);
    listener.received(body.readByte(), body.readLong(), body);
    return true;
  }

  /// A message on its way into an array of its own, or nowhere if there is no memory for it.
  private static final class LargeMessage {
    private final byte kind;
    private final long sequence;
    private final int size;
    private final byte @Nullable [] body;
    private int filled;

    private LargeMessage(byte kind, long sequence, int size) {
      this.kind = kind;
      this.sequence = sequence;
      this.size = size;
      body = arrayOf(size);
    }

    private static byte @Nullable [] arrayOf(int size) {
      try {
        return new byte[size];
      } catch (OutOfMemoryError _) {
        return null;
      }
    }

    /// Takes the header, which is there, and what there is of the body.
    static LargeMessage begin(ByteBuffer incoming) {
      int size = incoming.getInt() - Message.HEADER_SIZE;
      var message = new LargeMessage(incoming.get(), incoming.getLong(), size);
      int part = Math.min(size, incoming.remaining());
      if (message.body != null) {
        incoming.get(message.body, 0, part);
      } else {
        incoming.position(incoming.position() + part);
      }
      message.filled = part;
      return message;
    }

    int read(SocketChannel from) throws IOException {
      int part = Math.min(PIECE, size - filled);
      var target = body != null ? ByteBuffer.wrap(body, filled, part) : ByteBuffer.allocate(part);
      int count = from.read(target);
      filled += Math.max(0, count);
      return count;
    }

    boolean isWhole() {
      return filled == size;
    }

    void deliver(Listener listener) {
      listener.received(kind, sequence, body != null ? new Decoder(body) : failure());
    }

    /// What stands for a result that has no room here.
    private Decoder failure() {
      var out = new Encoder(1024);
      out.writeByte(Message.THREW);
      out.writeLong(0);
      Throwables.write(
          new OutOfMemoryError("no room in this JVM for a result of " + size + " bytes"),
          new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED),
          out);
      return new Decoder(out.toBytes());
    }
  }

  private void end() {
    if (channel != null) {
      closeQuietly(channel);
    }
    if (ended.getCount() > 0) {
      ended.countDown();
      listener.ended();
    }
  }

  static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException _) {
      // Closing is all that was wanted of it.
    }
  }
}
