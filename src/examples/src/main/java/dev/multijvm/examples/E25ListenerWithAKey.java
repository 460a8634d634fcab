package dev.multijvm.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.multijvm.multiprocessing.AuthenticationException;
import dev.multijvm.multiprocessing.BufferTooShortException;
import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.ConnectionOptions;
import dev.multijvm.multiprocessing.Listener;
import dev.multijvm.multiprocessing.Pipe;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;

/// A child listens on TCP. The parent calls with a wrong key, then with the right one, and has a
/// buffer too short for what it is sent.
public final class E25ListenerWithAKey {
  private E25ListenerWithAKey() {}

  public static void main(String[] arguments) throws IOException {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    try (var pipe = Pipe.oneWay()) {
      var sender = pipe.second();
      try (var server = ChildProcess.start(() -> serve(sender, key))) {
        try {
          var address = pipe.first().receive(InetSocketAddress.class);
          callWithAWrongKey(address, new byte[key.length]);
          call(address, key);
        } finally {
          server.terminate();
        }
      }
    }
  }

  /// Says where it listens, and answers whoever has the key.
  public static void serve(Connection whereToSay, byte[] key) {
    var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var listener = Listener.tcp(anyPort, key, stringsOnly())) {
      whereToSay.send(listener.address());
      while (true) {
        try (var connection = listener.accept()) {
          connection.sendBytes("hello over TCP".getBytes(UTF_8));
          connection.send("goodbye");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void callWithAWrongKey(SocketAddress address, byte[] wrongKey) throws IOException {
    try (var _ = Connection.connect(address, wrongKey, stringsOnly())) {
      System.out.println("connected");
    } catch (AuthenticationException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void call(SocketAddress address, byte[] key) throws IOException {
    try (var connection = Connection.connect(address, key, stringsOnly())) {
      try {
        System.out.println("bytes received: " + connection.receiveInto(new byte[4]));
      } catch (BufferTooShortException e) {
        System.out.println(e.getMessage() + ": " + new String(e.message(), UTF_8));
      }
      System.out.println(connection.receive());
    }
  }

  /// What may come as an object over a network has to be said.
  private static ConnectionOptions stringsOnly() {
    return ConnectionOptions.defaults()
        .withFilter(ObjectInputFilter.Config.createFilter("java.lang.String;!*"));
  }
}
