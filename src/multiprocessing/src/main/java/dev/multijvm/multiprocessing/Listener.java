package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.connection.Doorkeeper;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/// Waits for [connections][Connection] from other processes, on this machine or over a network.
///
/// Caller and listener prove to each other, by an HMAC-SHA256 challenge each way, that they hold
/// the same key; the key itself never travels. Until then nothing is read but a few dozen bytes of
/// fixed size, with a deadline. Who fails is refused and leaves a warning in the log; the listener,
/// and everybody else who is calling, goes on.
///
/// Over a network the messages themselves are neither encrypted nor signed: use it between machines
/// that you trust, or through a tunnel. Objects are read only if their classes are on an
/// allow-list, [ConnectionOptions#withFilter].
///
/// ```java
/// byte[] key = ...; // at least 16 bytes, from a secret place
/// try (var listener = Listener.local(key)) {
///   // elsewhere: Connection.connect(address, key)
///   try (var connection = listener.accept()) {
///     connection.send("hello");
///   }
/// }
/// ```
public final class Listener implements Closeable {
  private static final AtomicLong NEXT = new AtomicLong();

  private final Doorkeeper doorkeeper;

  private Listener(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  /// Listens on this machine, with the default options.
  ///
  /// @param key at least 16 bytes
  /// @throws IllegalArgumentException if the key is shorter
  /// @throws IOException if the socket cannot be made
  public static Listener local(byte[] key) throws IOException {
    return local(key, ConnectionOptions.defaults());
  }

  /// Listens on this machine, at a Unix-domain socket that only this user can reach.
  ///
  /// @param key at least 16 bytes
  /// @param options for the connections that will be accepted
  /// @throws IllegalArgumentException if the key is shorter
  /// @throws IOException if the socket cannot be made
  public static Listener local(byte[] key, ConnectionOptions options) throws IOException {
    var path = Scratch.directory().resolve("listener-" + NEXT.incrementAndGet());
    return new Listener(Doorkeeper.at(UnixDomainSocketAddress.of(path), key, options));
  }

  /// Listens on a network.
  ///
  /// @param address an address of this machine; port 0 takes a free one
  /// @param key at least 16 bytes
  /// @param options for the connections that will be accepted, with an allow-list
  /// @throws IllegalArgumentException if the key is shorter or the options have no filter
  /// @throws IOException if the address cannot be listened at
  public static Listener tcp(InetSocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    return new Listener(Doorkeeper.at(address, key, options));
  }

  /// Where `Connection.connect` finds this listener. It can be sent to other processes.
  public SocketAddress address() {
    return doorkeeper.address();
  }

  /// Waits for the next caller that holds the key.
  ///
  /// @return a connection to it
  /// @throws java.io.InterruptedIOException if this thread is interrupted; it keeps the status
  /// @throws java.net.SocketException if the listener is closed, also meanwhile
  /// @throws IOException if something else prevents it
  public Connection accept() throws IOException {
    return doorkeeper.next();
  }

  /// Stops listening. Connections that were accepted live on; callers that were not are cut off.
  @Override
  public void close() throws IOException {
    doorkeeper.close();
  }
}
