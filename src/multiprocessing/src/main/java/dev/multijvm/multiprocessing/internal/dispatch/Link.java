package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.Closeable;
import java.io.IOException;
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
    void received(byte kind, long sequence, Decoder body);

    /// The worker's end was closed, after all it had sent was received.
    void ended();
  }

  private static final int READ_SIZE = 64 << 10;

  /// The kernel has all there is when the worker has ended; this is for the reading.
  private static final long PATIENCE_MILLIS = 5_000;

  private final Switchboard switchboard;
  private final Listener listener;
  private final ConcurrentLinkedQueue<ByteBuffer> outbox = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  // Of the switchboard's thread.
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private byte[] bytes = new byte[READ_SIZE];
  private ByteBuffer incoming = wrapped(bytes);

  private volatile boolean connected;
  private volatile boolean closeWanted;

  Link(Switchboard switchboard, Listener listener) {
    this.switchboard = switchboard;
    this.listener = listener;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer wrapped(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Sends a message after those sent before. Does not wait.
  void send(byte kind, long sequence, byte[] body) {
    var header = buffer(Integer.BYTES + Message.HEADER_SIZE);
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
    boolean interrupted = false;
    boolean over = false;
    while (!over) {
      try {
        over = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) || !interrupted;
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
      for (var next = outbox.peek(); next != null; next = outbox.peek()) {
        channel.write(next);
        if (next.hasRemaining()) {
          key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          return;
        }
        outbox.remove();
      }
      key.interestOps(SelectionKey.OP_READ);
    } catch (IOException _) {
      // The worker has gone; what it sent is still to be read.
      outbox.clear();
      key.interestOps(SelectionKey.OP_READ);
    }
  }

  void readAvailable() {
    if (channel == null) {
      return;
    }
    try {
      int count = channel.read(incoming);
      deliverWhole();
      if (count < 0) {
        end();
      }
    } catch (IOException _) {
      end();
    }
  }

  private void deliverWhole() {
    incoming.flip();
    while (incoming.remaining() >= Integer.BYTES) {
      int size = incoming.getInt(incoming.position());
      if (incoming.remaining() - Integer.BYTES < size) {
        makeRoomFor(Integer.BYTES + size);
        return;
      }
      int start = incoming.position() + Integer.BYTES;
      incoming.position(start + size);
      var body = new Decoder(bytes, start, size);
      listener.received(body.readByte(), body.readLong(), body);
    }
    makeRoomFor(READ_SIZE);
  }

  /// Leaves `incoming` with what it holds at its beginning and room for a message of `size`.
  private void makeRoomFor(int size) {
    if (incoming.capacity() < size || incoming.capacity() > Math.max(size, READ_SIZE)) {
      bytes = new byte[Math.max(size, READ_SIZE)];
      incoming = wrapped(bytes).put(incoming);
    } else {
      incoming.compact();
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
