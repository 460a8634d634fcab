package dev.multijvm.multiprocessing.internal.connection;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// Bytes to and from a connected socket. The channel itself never blocks, so no interrupt can close
/// it; who has to wait yields a few times, because the peer often answers within microseconds, and
/// then sleeps in a [Readiness].
final class Line implements Closeable {
  /// Handing over to a sleeping thread costs as much as these attempts; with a yield in each they
  /// are no burden where the peer needs this very CPU.
  private static final int ATTEMPTS = 20;

  /// More than a socket's buffer can hold, so that a peer that goes on sending does not matter.
  private static final int DISCARDED_BLOCKS = 1 << 10;

  private static final int DISCARDED_BYTES = 16 << 10;

  private final SocketChannel channel;
  private final boolean overNetwork;
  private final Readiness readable;
  private final Readiness writable;
  private volatile boolean closed;

  /// @param channel connected; belongs to the line from now on
  Line(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    overNetwork = !(channel.getRemoteAddress() instanceof UnixDomainSocketAddress);
    if (overNetwork) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    readable = new Readiness(channel, SelectionKey.OP_READ);
    writable = new Readiness(channel, SelectionKey.OP_WRITE);
  }

  /// Reads what is there, at least one byte, waiting for it if need be.
  ///
  /// @return the number of bytes, -1 at the end, 0 if the deadline passed
  int read(ByteBuffer target, Deadline deadline) throws IOException {
    try {
      for (var attempt = 0; ; attempt++) {
        var count = readNow(target);
        if (closed) {
          throw closedHere(); // what comes before these bytes may have been discarded
        }
        if (count != 0) {
          return count;
        }
        if (attempt < ATTEMPTS && !deadline.passed()) {
          letOthersRun();
        } else if (!readable.await(deadline)) {
          return 0;
        }
      }
    } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
      throw closedHere();
    }
  }

  private int readNow(ByteBuffer target) throws IOException {
    try {
      return channel.read(target);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw closed ? closedHere() : endOfPeer(e);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint that saves time; nothing depends on it
  private static void letOthersRun() {
    Thread.yield();
  }

  /// Fills the buffer.
  ///
  /// @throws EOFException if the peer ends before that, or the deadline passes
  void readFully(ByteBuffer target, Deadline deadline) throws IOException {
    if (!fill(target, deadline)) {
      throw new EOFException("the peer has not answered in time");
    }
  }

  /// Fills the buffer, or a part of it if the deadline passes before.
  ///
  /// @return whether it is full
  /// @throws EOFException if the peer ends before that
  boolean fill(ByteBuffer target, Deadline deadline) throws IOException {
    while (target.hasRemaining()) {
      var count = read(target, deadline);
      if (count < 0) {
        throw new EOFException("the peer has closed the connection");
      }
      if (count == 0) {
        return false;
      }
    }
    return true;
  }

  /// Writes all of the buffer.
  ///
  /// @throws InterruptedIOException if interrupted; the buffer's position says what was written
  /// @throws EOFException if the deadline passes
  void write(ByteBuffer source, Deadline deadline) throws IOException {
    try {
      while (source.hasRemaining()) {
        if (writeNow(source) == 0 && !writable.await(deadline)) {
          throw new EOFException("the peer has not read in time");
        }
      }
    } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
      throw closedHere();
    }
  }

  private int writeNow(ByteBuffer source) throws IOException {
    try {
      return channel.write(source);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw closed ? closedHere() : new IOException("the peer is gone: " + e.getMessage(), e);
    }
  }

  /// Writes nothing any more: the peer will find the end after what was written.
  void endOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException _) {
      // The peer has gone, or this end is closed.
    }
  }

  private static SocketException closedHere() {
    return new SocketException("this end of the connection has been closed");
  }

  /// A peer that closes without having read everything resets the connection.
  private static EOFException endOfPeer(IOException cause) {
    var end = new EOFException("the peer is gone: " + cause.getMessage());
    end.initCause(cause);
    return end;
  }

  /// Bytes that nobody has read would make the system reset a TCP connection, and with it lose what
  /// was sent and has not arrived yet.
  private void discardUnread() {
    try {
      var block = ByteBuffer.allocate(DISCARDED_BYTES);
      for (var i = 0; i < DISCARDED_BLOCKS && channel.read(block.clear()) > 0; i++) {
        // There may be more.
      }
    } catch (IOException | OutOfMemoryError _) {
      // The connection is lost or closed already, or there is no memory to read into.
    }
  }

  @Override
  public void close() {
    closed = true;
    try (readable;
        writable;
        channel) {
      // Closed in the opposite order: the channel first, then what keeps it alive.
      if (overNetwork) {
        discardUnread();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("closing a socket", e);
    }
  }
}
