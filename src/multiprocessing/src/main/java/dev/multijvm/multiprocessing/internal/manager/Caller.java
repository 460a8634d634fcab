package dev.multijvm.multiprocessing.internal.manager;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import dev.multijvm.multiprocessing.MultiprocessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls from this process to one manager, over as many connections as there are calls at a time.
final class Caller {
  /// More calls at a time wait for each other: the manager has a thread for each connection.
  private static final int CONNECTIONS = 32;

  /// How long a manager that ends may take from its last word to its end.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Duration PERIOD = Duration.ofMillis(1);

  static final ConnectionOptions OPTIONS =
      ConnectionOptions.defaults().withMessageLimitBytes(Integer.MAX_VALUE - 8);

  private static final ConcurrentHashMap<String, Caller> CALLERS = new ConcurrentHashMap<>();

  private final Semaphore permits = new Semaphore(CONNECTIONS);
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

  private final long pid;

  /// @param pid the manager's process
  private Caller(long pid) {
    this.pid = pid;
  }

  static Caller to(RemoteObject object) {
    var known = CALLERS.get(object.socket());
    if (known != null) {
      return known;
    }
    forgetEnded();
    return CALLERS.computeIfAbsent(object.socket(), _ -> new Caller(object.pid()));
  }

  /// Closes the connections to managers that have ended; nobody else would, as no call does.
  static void forgetEnded() {
    for (var entry : CALLERS.entrySet()) {
      var caller = entry.getValue();
      if (caller.hasEnded() && CALLERS.remove(entry.getKey(), caller)) {
        caller.closeIdle();
      }
    }
  }

  private boolean hasEnded() {
    return !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /// A process that is being ended closes its connections before it is gone.
  private boolean hasEndedOrDoesSoon() {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!hasEnded()) {
      if (deadline - System.nanoTime() < 0) {
        return false;
      }
      LockSupport.parkNanos(PERIOD.toNanos());
    }
    return true;
  }

  /// Calls an object. An interrupt does not end a call, whose effect would then be unknown; it is
  /// kept.
  @Nullable Object call(RemoteObject object, String verb, Arguments arguments) {
    var request = encode(new Call(object.id(), verb, arguments));
    return result(object, response(object, request));
  }

  private byte[] response(RemoteObject object, ByteBuffer request) {
    permits.acquireUninterruptibly();
    var interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return exchange(object, request.duplicate());
        } catch (InterruptedIOException _) {
          // Not sent yet: again, without the interrupt.
          interrupted |= Thread.interrupted();
        }
      }
    } catch (IOException e) {
      closeIdle();
      throw new MultiprocessingException(
          hasEndedOrDoesSoon()
              ? "the manager in process " + pid + " has ended: " + e.getMessage()
              : "a call to the manager in process "
                  + pid
                  + " has failed, and what it did is unknown: "
                  + e.getMessage(),
          e);
    } finally {
      permits.release();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static ByteBuffer encode(Call call) {
    try {
      return call.encode();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be serialized: " + e.getMessage(), e);
    }
  }

  /// @throws InterruptedIOException if nothing has been sent, or not all of it
  private byte[] exchange(RemoteObject object, ByteBuffer request) throws IOException {
    var free = idle.pollFirst();
    var connection =
        free != null
            ? free
            : Connection.connect(
                UnixDomainSocketAddress.of(object.socket()), object.key(), OPTIONS);
    try {
      connection.sendBytes(request);
      var response = receive(connection);
      idle.addFirst(connection);
      return response;
    } catch (IOException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  private static byte[] receive(Connection connection) throws IOException {
    var interrupted = false;
    try {
      while (true) {
        try {
          return connection.receiveBytes();
        } catch (InterruptedIOException _) {
          interrupted |= Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static @Nullable Object result(RemoteObject object, byte[] response) {
    var outcome = outcome(object, response);
    var thrown = outcome.thrown();
    if (thrown == null) {
      return outcome.result();
    }
    var here = new Throwable().getStackTrace();
    thrown.setStackTrace(
        Stream.of(thrown.getStackTrace(), here)
            .flatMap(Stream::of)
            .toArray(StackTraceElement[]::new));
    throw Caller.<RuntimeException>unchecked(thrown);
  }

  private static Call.Outcome outcome(RemoteObject object, byte[] response) {
    try {
      return Call.decodeOutcome(response);
    } catch (ClassNotFoundException e) {
      throw new MultiprocessingException("a result of " + object + " has an unknown class", e);
    } catch (IOException e) {
      throw new MultiprocessingException("a result of " + object + " cannot be read", e);
    }
  }

  /// Calls throw what the JDK's interfaces throw, and whatever a function given to them threw.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // so that any can be thrown
  private static <X extends Throwable> X unchecked(Throwable thrown) {
    return (X) thrown;
  }

  private void closeIdle() {
    for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}
