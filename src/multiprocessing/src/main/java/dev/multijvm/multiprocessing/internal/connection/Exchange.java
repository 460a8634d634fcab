package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where the holders of tickets call: one socket and one thread for all pipes that this process has
/// made, started when the first end travels.
///
/// A holder calls when its ticket arrives and says which end it has. It is told nothing until it
/// claims the end; if its socket ends before that, the end has lost a holder. Only bytes of fixed
/// size are read here, and none of it waits.
final class Exchange implements Runnable {
  private static final System.Logger LOGGER = System.getLogger(Connection.class.getPackageName());
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final int QUEUED_BY_SYSTEM = 1024;

  /// Room for what is posted before two ends meet.
  private static final int SEND_BUFFER_BYTES = 256 << 10;

  private static final Map<UUID, PipeHome> PIPES = new ConcurrentHashMap<>();
  private static @Nullable Exchange here;

  private final UnixDomainSocketAddress address;
  private final ServerSocketChannel door;
  private final Selector selector;

  private Exchange(UnixDomainSocketAddress address, ServerSocketChannel door, Selector selector) {
    this.address = address;
    this.door = door;
    this.selector = selector;
  }

  /// The exchange of this process.
  static synchronized Exchange here() throws IOException {
    if (here == null) {
      here = opened(UnixDomainSocketAddress.of(Scratch.directory().resolve("exchange")));
    }
    return here;
  }

  /// Leaves nothing behind if it fails, for want of descriptors or of a thread: the next attempt
  /// may do better.
  private static Exchange opened(UnixDomainSocketAddress address) throws IOException {
    var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    Selector selector = null;
    try {
      selector = Selector.open();
      door.bind(address, QUEUED_BY_SYSTEM).configureBlocking(false);
      door.register(selector, SelectionKey.OP_ACCEPT);
      var exchange = new Exchange(address, door, selector);
      Thread.ofPlatform().daemon().name("multijvm exchange").start(exchange);
      return exchange;
    } catch (IOException | OutOfMemoryError problem) {
      door.close();
      if (selector != null) {
        selector.close();
      }
      Files.deleteIfExists(address.getPath());
      throw new IOException("no exchange for pipes: " + problem.getMessage(), problem);
    }
  }

  /// A ticket for an end of a pipe of this process.
  PipeTicket ticket(PipeHome pipe, int index, PipeDirections directions) {
    PIPES.put(pipe.pipe(), pipe);
    return new PipeTicket(
        address.getPath().toString(),
        ProcessHandle.current().pid(),
        pipe.pipe(),
        index,
        directions);
  }

  /// Answers no more calls for a pipe.
  static void forget(UUID pipe) {
    PIPES.remove(pipe);
  }

  @Override
  public void run() {
    while (true) {
      try {
        selector.select(this::handle, PATIENCE.toMillis());
        var _ = Thread.interrupted(); // else no selector would wait any more
        hangUpOnTheSilent();
      } catch (IOException | RuntimeException | Error e) {
        // No memory, most likely. That passes; until then those who have called wait.
        LOGGER.log(Level.ERROR, "the exchange for pipes has trouble", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void handle(SelectionKey key) {
    try {
      if (key.attachment() instanceof Caller caller) {
        caller.read(key);
      } else {
        accept();
      }
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "trouble with a holder of an end of a pipe", e);
    }
  }

  private void accept() {
    try {
      for (var channel = door.accept(); channel != null; channel = door.accept()) {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Caller(channel));
      }
    } catch (IOException e) {
      // Out of descriptors, most likely: that passes, and those who are connected go on.
      LOGGER.log(Level.WARNING, "the exchange for pipes cannot accept", e);
      LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
    }
  }

  private void hangUpOnTheSilent() throws IOException {
    for (var key : selector.keys()) {
      if (key.attachment() instanceof Caller caller && caller.isSilent()) {
        caller.hangUp("has not said which end it holds");
      }
    }
  }

  /// Somebody who has called and not claimed its end yet.
  private static final class Caller {
    private final SocketChannel channel;
    private final Deadline deadline = Deadline.after(PATIENCE);
    private final ByteBuffer hello = ByteBuffer.allocate(PipeTicket.HELLO_BYTES);
    private final ByteBuffer claim = ByteBuffer.allocate(1);
    private @Nullable PipeHome pipe;
    private int index;
    private long pid;

    Caller(SocketChannel channel) {
      this.channel = channel;
    }

    boolean isSilent() {
      return pipe == null && deadline.passed();
    }

    void read(SelectionKey key) throws IOException {
      if (pipe == null) {
        readHello();
      } else {
        readClaim(pipe, key);
      }
    }

    private void readHello() throws IOException {
      if (!arrived(hello)) {
        return;
      }
      var mark = hello.getInt();
      var called = PIPES.get(new UUID(hello.getLong(), hello.getLong()));
      index = hello.get();
      pid = hello.getLong();
      if (mark != PipeTicket.HELLO_MARK || called == null || (index != 0 && index != 1)) {
        hangUp("asks for a pipe that is not there");
      } else {
        pipe = called;
        called.arrived(index);
      }
    }

    private void readClaim(PipeHome pipe, SelectionKey key) throws IOException {
      if (!arrived(claim)) {
        return;
      }
      if (claim.get() != PipeTicket.CLAIM) {
        hangUp("does not speak the protocol");
        return;
      }
      key.cancel();
      try {
        if (!pipe.claim(index, channel, pid)) {
          hangUp(null);
        }
      } catch (IOException | OutOfMemoryError e) {
        hangUp("cannot be answered: " + e.getMessage());
      }
    }

    /// @return whether the buffer is full, and now ready to be read
    private boolean arrived(ByteBuffer buffer) throws IOException {
      int count;
      try {
        count = channel.read(buffer);
      } catch (IOException _) {
        count = -1; // reset by a caller that has ended
      }
      if (count < 0) {
        hangUp(null);
        return false;
      }
      if (buffer.hasRemaining()) {
        return false;
      }
      buffer.flip();
      return true;
    }

    void hangUp(@Nullable String reason) throws IOException {
      if (reason != null) {
        LOGGER.log(Level.WARNING, () -> "refused process " + pid + ", which " + reason);
      }
      channel.close();
      if (pipe != null) {
        pipe.left(index);
      }
    }
  }
}
