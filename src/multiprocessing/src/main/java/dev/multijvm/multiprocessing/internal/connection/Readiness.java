package dev.multijvm.multiprocessing.internal.connection;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Waits until a channel that does not block can be read, or written.
///
/// A selector is used because an interrupt wakes it without closing the channel, because it knows
/// timeouts, and because a virtual thread parks in it. It is opened by the first wait: most lines
/// never wait to write.
final class Readiness implements Closeable {
  private final SocketChannel channel;
  private final int operation;
  private @Nullable Selector selector;
  private boolean closed;

  Readiness(SocketChannel channel, int operation) {
    this.channel = channel;
    this.operation = operation;
  }

  /// Waits for the channel, or a reason to look at it again.
  ///
  /// @return false if the deadline has passed
  boolean await(Deadline deadline) throws IOException {
    if (deadline.passed()) {
      return false;
    }
    selector().select(_ -> {}, deadline.selectMillis());
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while waiting for the peer");
    }
    return true;
  }

  private synchronized Selector selector() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (selector == null) {
      selector = registered();
    }
    return selector;
  }

  private Selector registered() throws IOException {
    var fresh = Selector.open();
    try {
      channel.register(fresh, operation);
      return fresh;
    } catch (IOException | RuntimeException | Error e) {
      fresh.close(); // it would wait for nothing
      throw e;
    }
  }

  /// Wakes the waiting thread. A closed channel lives on until its selectors are closed too.
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (selector != null) {
      selector.close();
    }
  }
}
