package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The pool's end of the sockets to its workers: one thread that accepts, reads and writes for all,
/// so that no thread which users can interrupt touches them.
///
/// Who connects must first send the token of a worker that is [expected][#expect]; before that not
/// a byte more than the token is read.
final class Switchboard implements AutoCloseable {
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Map<ByteBuffer, Link> expected = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Link> dirty = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /// @param path where the socket is made; its directory must be private to this user
  Switchboard(Path path) {
    try {
      selector = Selector.open();
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(path));
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException problem) {
      throw new UncheckedIOException("cannot listen at " + path, problem);
    }
    thread = Thread.ofPlatform().daemon().name("multijvm-switchboard").start(this::run);
  }

  /// From now on `token` connects to `link`, once.
  void expect(byte[] token, Link link) {
    expected.put(ByteBuffer.wrap(token), link);
  }

  void forget(byte[] token) {
    expected.remove(ByteBuffer.wrap(token));
  }

  /// Tells the thread that `link` has something to write or wants to be closed.
  void wake(Link link) {
    dirty.add(link);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::serve);
        for (var link = dirty.poll(); link != null; link = dirty.poll()) {
          link.writeWaiting();
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException("the selector of a pool failed", problem);
    } finally {
      closeAll();
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    switch (key.attachment()) {
      case null -> accept();
      case Link link -> {
        if (key.isReadable()) {
          link.readAvailable();
        }
        if (key.isValid() && key.isWritable()) {
          link.writeWaiting();
        }
      }
      case ByteBuffer token -> authenticate(key, (SocketChannel) key.channel(), token);
      default -> throw new AssertionError(key.attachment());
    }
  }

  private void accept() {
    try {
      var channel = server.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(Message.TOKEN_SIZE));
      }
    } catch (IOException problem) {
      throw new UncheckedIOException("a worker could not connect", problem);
    }
  }

  private void authenticate(SelectionKey key, SocketChannel channel, ByteBuffer token) {
    try {
      if (channel.read(token) < 0) {
        channel.close();
      } else if (!token.hasRemaining()) {
        var link = expected.remove(token.flip());
        if (link == null) {
          channel.close();
        } else {
          key.attach(link);
          link.connected(channel, key);
        }
      }
    } catch (IOException _) {
      Link.closeQuietly(channel);
    }
  }

  private void closeAll() {
    for (var key : selector.keys()) {
      Link.closeQuietly(key.channel());
    }
    Link.closeQuietly(selector);
  }

  /// Closes the socket and all links, and waits for the thread to end.
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    joinUninterruptibly();
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (!thread.equals(Thread.currentThread()) && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
