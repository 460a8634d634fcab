package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets in who holds the key. A thread of its own accepts callers and a virtual thread each
/// examines them, so a caller that is slow or lies holds up nobody and costs a line in the log.
public final class Doorkeeper implements Closeable {
  private static final System.Logger LOGGER = System.getLogger(Connection.class.getPackageName());

  /// Callers that have not proved themselves yet; more of them are turned away unheard.
  private static final int STRANGERS = 256;

  /// Callers that nobody has taken yet; more of them are turned away.
  private static final int GUESTS = 1024;

  private static final int QUEUED_BY_SYSTEM = 1024;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final ServerSocketChannel door;
  private final SocketAddress address;
  private final Handshake handshake;
  private final ObjectCodec codec;
  private final ConnectionOptions options;
  private final Semaphore strangers = new Semaphore(STRANGERS);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Queue<Connection> guests = new ArrayDeque<>();
  private boolean closed;

  private Doorkeeper(
      ServerSocketChannel door, Handshake handshake, ObjectCodec codec, ConnectionOptions options)
      throws IOException {
    this.door = door;
    this.handshake = handshake;
    this.codec = codec;
    this.options = options;
    address = door.getLocalAddress();
  }

  /// Starts to listen.
  ///
  /// @throws IllegalArgumentException if the key is too short, or the address is of a network and
  ///   the options have no filter
  public static Doorkeeper at(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    var handshake = new Handshake(key);
    var codec = Dialer.codec(address, options);
    var door = open(address);
    try {
      var doorkeeper =
          new Doorkeeper(door.bind(address, QUEUED_BY_SYSTEM), handshake, codec, options);
      doorkeeper.open();
      return doorkeeper;
    } catch (IOException e) {
      door.close();
      throw e;
    }
  }

  private void open() throws IOException {
    try {
      Thread.ofPlatform().daemon().name("multijvm listener " + address).start(this::acceptAll);
    } catch (OutOfMemoryError e) {
      close();
      throw new IOException("no thread for a listener at " + address, e);
    }
  }

  private static ServerSocketChannel open(SocketAddress address) throws IOException {
    return address instanceof UnixDomainSocketAddress
        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        : ServerSocketChannel.open();
  }

  public SocketAddress address() {
    return address;
  }

  /// Waits for the next caller that has proved to hold the key.
  public Connection next() throws IOException {
    Locks.acquire(lock);
    try {
      while (guests.isEmpty()) {
        if (closed) {
          throw new SocketException("the listener at " + address + " has been closed");
        }
        arrived.await();
      }
      return guests.remove();
    } catch (InterruptedException e) {
      throw Locks.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private void acceptAll() {
    try {
      acceptUntilClosed();
    } finally {
      closeQuietly();
    }
  }

  private void acceptUntilClosed() {
    while (door.isOpen()) {
      try {
        examine(door.accept());
      } catch (ClosedByInterruptException e) {
        LOGGER.log(Level.WARNING, () -> "an interrupt has closed the listener at " + address, e);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException | OutOfMemoryError | RejectedExecutionException e) {
        // Out of descriptors, most likely: that passes, and those who are connected go on.
        LOGGER.log(Level.WARNING, () -> "the listener at " + address + " cannot accept", e);
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
      }
    }
  }

  private void examine(SocketChannel caller) throws IOException {
    if (!strangers.tryAcquire()) {
      caller.close();
      refuse("too many callers at once");
      return;
    }
    try {
      Thread.startVirtualThread(() -> examineAlone(caller));
    } catch (RuntimeException | Error e) {
      strangers.release();
      caller.close();
      throw e;
    }
  }

  private void examineAlone(SocketChannel caller) {
    try {
      var line = new Line(caller);
      try {
        handshake.answer(line, Deadline.after(options.handshakeTimeout()));
        letIn(new LineConnection(line, codec, options.messageLimitBytes()));
      } catch (IOException | OutOfMemoryError e) {
        line.close();
        refuse(e.getMessage());
      }
    } catch (IOException e) {
      refuse(e.getMessage());
    } finally {
      strangers.release();
    }
  }

  private void letIn(Connection guest) throws IOException {
    lock.lock();
    try {
      if (closed || guests.size() == GUESTS) {
        throw new IOException(closed ? "the listener has been closed" : "nobody takes callers");
      }
      guests.add(guest);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void refuse(@Nullable String reason) {
    LOGGER.log(Level.WARNING, () -> "refused a caller at " + address + ": " + reason);
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, () -> "the listener at " + address + " cannot be closed", e);
    }
  }

  /// Ends those who wait in [#next] and hangs up on callers that nobody has taken.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      guests.forEach(Connection::close);
      guests.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    door.close();
    if (address instanceof UnixDomainSocketAddress local) {
      Files.deleteIfExists(local.getPath());
    }
  }
}
