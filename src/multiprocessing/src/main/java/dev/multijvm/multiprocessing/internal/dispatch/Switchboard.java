package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.internal.wire.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// The pool's end of the sockets to its workers: one thread that accepts, reads and writes for all,
/// so that no thread which users can interrupt touches them.
///
/// Who connects must first send the token of a worker that is [expected][#expect], and soon; before
/// that not a byte more than the token is read. Who fails is hung up on and costs a line in the
/// log.
final class Switchboard implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Switchboard.class.getPackageName());

  /// So many callers may be about to send a token; more are turned away unheard.
  private static final int STRANGERS = 1024;

  /// A worker sends its token right after it has connected.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// How often strangers are looked at while there are any, and how soon it is tried again to
  /// accept what could not be.
  private static final Duration PERIOD = Duration.ofMillis(200);

  private final Selector selector;
  private final ServerSocketChannel server;
  private final SelectionKey accepting;
  private final Map<ByteBuffer, Link> expected = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Link> dirty = new ConcurrentLinkedQueue<>();

  /// Who has not proved anything yet. Of the thread.
  private final Map<SelectionKey, Stranger> strangers = new HashMap<>();

  /// When accepting failed last. Of the thread.
  private long notAcceptingSinceNanos;

  private final Thread thread;
  private volatile boolean closed;

  /// A caller on the way to its proof.
  private record Stranger(ByteBuffer token, long sinceNanos) {}

  /// @param path where the socket is made; its directory must be private to this user
  /// @throws IOException if it cannot be made there, as when the path has more than some 100 bytes
  Switchboard(Path path) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    selector = selectorBeside(server);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      server.configureBlocking(false);
      accepting = server.register(selector, SelectionKey.OP_ACCEPT);
      thread = Thread.ofPlatform().daemon().name("multijvm-switchboard").start(this::run);
    } catch (IOException | OutOfMemoryError problem) {
      Link.closeQuietly(server);
      Link.closeQuietly(selector); // what is registered there stays open until then
      throw new IOException("cannot listen at " + path + ": " + problem.getMessage(), problem);
    }
  }

  private static Selector selectorBeside(ServerSocketChannel server) throws IOException {
    try {
      return Selector.open();
    } catch (IOException problem) {
      server.close();
      throw problem;
    }
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
        try {
          serveOnce();
        } catch (OutOfMemoryError problem) {
          // That passes, and those who are connected go on.
          LOGGER.log(Level.WARNING, "no memory for the connections of a pool's workers", problem);
          LockSupport.parkNanos(PERIOD.toNanos());
          selector.wakeup(); // some may still have something to write
        }
      }
    } catch (IOException problem) {
      throw new UncheckedIOException("the selector of a pool failed", problem);
    } finally {
      closeAll();
    }
  }

  private void serveOnce() throws IOException {
    boolean isWatchful = !strangers.isEmpty() || accepting.interestOps() == 0;
    selector.select(this::serve, isWatchful ? PERIOD.toMillis() : 0);
    for (var link = dirty.peek(); link != null; link = dirty.peek()) {
      link.writeWaiting();
      var _ = dirty.poll(); // only now: if memory runs out it has its turn again
    }
    if (isWatchful) {
      hangUpOnTheSlow();
      acceptAgain();
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
      case Stranger stranger -> authenticate(key, stranger);
      default -> throw new AssertionError(key.attachment());
    }
  }

  private void accept() {
    try {
      var channel = server.accept();
      if (channel == null) {
        return;
      }
      if (strangers.size() == STRANGERS) {
        Link.closeQuietly(channel);
        LOGGER.log(Level.WARNING, "refused a caller at a pool's socket: too many at once");
        return;
      }
      channel.configureBlocking(false);
      var stranger = new Stranger(ByteBuffer.allocate(Message.TOKEN_SIZE), System.nanoTime());
      strangers.put(channel.register(selector, SelectionKey.OP_READ, stranger), stranger);
    } catch (IOException problem) {
      // Out of descriptors, most likely: that passes, and those who are connected go on.
      LOGGER.log(Level.WARNING, "a pool cannot accept its workers' connections", problem);
      accepting.interestOps(0);
      notAcceptingSinceNanos = System.nanoTime();
    }
  }

  private void authenticate(SelectionKey key, Stranger stranger) {
    var channel = (SocketChannel) key.channel();
    var token = stranger.token();
    try {
      if (channel.read(token) < 0) {
        hangUp(key, token);
      } else if (!token.hasRemaining()) {
        var link = expected.remove(token.flip());
        if (link == null) {
          refuse(key, "its token is not that of a worker");
        } else {
          strangers.remove(key);
          key.attach(link);
          link.connected(channel, key);
        }
      }
    } catch (IOException problem) {
      refuse(key, problem.toString());
    }
  }

  /// The caller has ended. One that said nothing is a worker that was killed as it came.
  private void hangUp(SelectionKey key, ByteBuffer token) {
    if (token.position() > 0) {
      refuse(key, "it hung up before its token was whole");
    } else {
      strangers.remove(key);
      Link.closeQuietly(key.channel());
    }
  }

  private void refuse(SelectionKey key, String reason) {
    strangers.remove(key);
    Link.closeQuietly(key.channel());
    LOGGER.log(Level.WARNING, () -> "refused a caller at a pool's socket: " + reason);
  }

  private void hangUpOnTheSlow() {
    long now = System.nanoTime();
    for (var entry : Map.copyOf(strangers).entrySet()) {
      if (now - entry.getValue().sinceNanos() > PATIENCE.toNanos()) {
        refuse(entry.getKey(), "it did not send its token in time");
      }
    }
  }

  private void acceptAgain() {
    if (System.nanoTime() - notAcceptingSinceNanos >= PERIOD.toNanos()) {
      accepting.interestOps(SelectionKey.OP_ACCEPT);
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
