package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputFilter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// Makes connections to listeners.
public final class Dialer {
  private Dialer() {}

  /// Connects, and proves that we hold the key.
  public static Connection dial(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    var handshake = new Handshake(key);
    var codec = codec(address, options);
    var deadline = Deadline.after(options.handshakeTimeout());
    var line = connect(address, deadline);
    try {
      handshake.call(line, deadline);
      return new LineConnection(line, codec, options.messageLimitBytes());
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  /// How objects are read that come from, or through, this address.
  ///
  /// @throws IllegalArgumentException if that is a network and there is no allow-list
  static ObjectCodec codec(SocketAddress address, ConnectionOptions options) {
    var filter = options.filter();
    if (address instanceof UnixDomainSocketAddress) {
      return new ObjectCodec(filter);
    }
    if (filter == null) {
      throw new IllegalArgumentException(
          "a connection over a network needs ConnectionOptions.withFilter, naming the classes that"
              + " may be received: "
              + address);
    }
    return new ObjectCodec(ObjectInputFilter.rejectUndecidedClass(filter));
  }

  static Line connect(SocketAddress address, Deadline deadline) throws IOException {
    return address instanceof UnixDomainSocketAddress local
        ? connectLocally(local)
        : connectOverNetwork(address, deadline);
  }

  /// A local socket is connected as soon as there is room in the listener's queue.
  static Line connectLocally(UnixDomainSocketAddress address) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(address);
      return new Line(channel);
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Line connectOverNetwork(SocketAddress address, Deadline deadline)
      throws IOException {
    if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
      throw new UnknownHostException(internet.getHostString());
    }
    var channel = SocketChannel.open();
    try (var connectable = new Readiness(channel, SelectionKey.OP_CONNECT)) {
      channel.configureBlocking(false);
      channel.connect(address);
      while (!channel.finishConnect()) {
        if (!connectable.await(deadline)) {
          throw new SocketTimeoutException("no connection to " + address + " in time");
        }
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new Line(channel);
  }

  private static InterruptedIOException interrupted(IOException cause) {
    var interrupted = new InterruptedIOException("interrupted while connecting");
    interrupted.initCause(cause);
    return interrupted;
  }
}
