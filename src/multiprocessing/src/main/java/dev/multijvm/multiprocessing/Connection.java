package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.connection.Dialer;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One end of a line between two processes, over which whole messages travel: objects or bytes.
/// Ends come in pairs from a [Pipe], or one by one from [#connect(SocketAddress, byte[])] and
/// [Listener#accept].
///
/// **Messages** arrive whole, once and in the order of sending. Objects are written by Java
/// serialization; a message that was sent as bytes is received as bytes. Sending returns when the
/// system has taken the message, not when the peer has read it: some hundred KiB fit in between,
/// then `send` waits for the peer.
///
/// **Threads.** Any number of threads, platform or virtual, may use one end at the same time;
/// messages never interleave. One thread may send while another receives.
///
/// **The end.** When the peer has closed its end or its process has ended, however, what it sent
/// before can still be received; then `receive` throws [EOFException][java.io.EOFException], also
/// out of the middle of a message, and `send` throws an [IOException]. Nothing waits for a peer
/// that is gone. After [#close] on this side every method, also one that was already waiting in
/// another thread, throws [SocketException][java.net.SocketException].
///
/// **Interrupts** do not harm a connection behind anybody's back. An interrupted thread gets an
/// [InterruptedIOException][java.io.InterruptedIOException], keeps its interrupt status, and has
/// neither sent nor received anything: half of a message that had arrived waits for the next
/// `receive`. The one exception says so in its text: a `send` that is interrupted while it waits
/// for the peer to take the rest of a long message has to close the connection, because the peer
/// could not tell where the next message begins.
public interface Connection extends Closeable {

  /// Connects to a [Listener] on this machine, with the default options.
  ///
  /// @param address the listener's [address][Listener#address]
  /// @param key the listener's key
  /// @return a connection on which both sides have proved that they hold the key
  /// @throws AuthenticationException if one of them could not
  /// @throws IllegalArgumentException if the address is not a local one: a connection over a
  ///   network needs [ConnectionOptions#withFilter] too
  /// @throws IOException if nobody listens there, or does not answer in time
  static Connection connect(SocketAddress address, byte[] key) throws IOException {
    return connect(address, key, ConnectionOptions.defaults());
  }

  /// Connects to a [Listener].
  ///
  /// @param address the listener's [address][Listener#address]
  /// @param key the listener's key
  /// @param options what may be received, and how long to wait for the listener's answers
  /// @return a connection on which both sides have proved that they hold the key
  /// @throws AuthenticationException if one of them could not
  /// @throws IllegalArgumentException if the address is not local and the options have no filter
  /// @throws IOException if nobody listens there, or does not answer in time
  static Connection connect(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    return Dialer.dial(address, key, options);
  }

  /// Sends an object.
  ///
  /// @param message a serializable object, or null
  /// @throws java.io.NotSerializableException if it is not; nothing has been sent
  /// @throws IOException if the peer is gone or this end is closed
  void send(@Nullable Object message) throws IOException;

  /// Waits for the next message, an object.
  ///
  /// A message that cannot be turned into an object here (its class is missing, or the filter
  /// refuses it) is dropped and reported as [InvalidClassException][java.io.InvalidClassException],
  /// one whose own `readObject` fails as [InvalidObjectException][java.io.InvalidObjectException]
  /// or as whatever else it throws; the connection goes on with the next.
  ///
  /// @return the object, a copy of what was sent
  /// @throws java.io.EOFException if the peer is gone
  /// @throws IllegalStateException if the next message was sent as bytes; it stays where it is
  /// @throws IOException if this end is closed
  @Nullable Object receive() throws IOException;

  /// Waits for the next message, an object of the given type.
  ///
  /// @param <T> the type expected
  /// @param type its class
  /// @return the object, a copy of what was sent
  /// @throws ClassCastException if it is null or of another type; it is dropped
  /// @throws IOException as [#receive()]
  default <T> T receive(Class<T> type) throws IOException {
    var message = receive();
    if (message == null) {
      throw new ClassCastException("expected " + type.getName() + ", received null");
    }
    return type.cast(message);
  }

  /// Sends the bytes of an array as one message.
  ///
  /// @param message any number of bytes, also none
  /// @throws IOException if the peer is gone or this end is closed
  default void sendBytes(byte[] message) throws IOException {
    sendBytes(ByteBuffer.wrap(message));
  }

  /// Sends the bytes of a memory segment as one message.
  ///
  /// @param message any number of bytes below two GiB
  /// @throws IOException if the peer is gone or this end is closed
  default void sendBytes(MemorySegment message) throws IOException {
    sendBytes(message.asByteBuffer());
  }

  /// Sends the remaining bytes of a buffer as one message. Afterwards none remains; if it fails,
  /// all of them do.
  ///
  /// @param message any number of bytes, also none
  /// @throws IOException if the peer is gone or this end is closed
  void sendBytes(ByteBuffer message) throws IOException;

  /// Waits for the next message, sent as bytes.
  ///
  /// @return all of it
  /// @throws java.io.EOFException if the peer is gone
  /// @throws IllegalStateException if the next message was sent as an object; it stays where it is
  /// @throws IOException if this end is closed
  byte[] receiveBytes() throws IOException;

  /// Waits for the next message, sent as bytes, and puts it at the start of an array.
  ///
  /// @param target where to put it
  /// @return the number of bytes received
  /// @throws BufferTooShortException if the array is too short; the exception has the message
  /// @throws IOException as [#receiveBytes]
  default int receiveInto(byte[] target) throws IOException {
    return receiveInto(ByteBuffer.wrap(target));
  }

  /// Waits for the next message, sent as bytes, and puts it at the start of a memory segment.
  ///
  /// @param target where to put it
  /// @return the number of bytes received
  /// @throws BufferTooShortException if the segment is too short; the exception has the message
  /// @throws IOException as [#receiveBytes]
  default int receiveInto(MemorySegment target) throws IOException {
    var size = Math.min(target.byteSize(), Integer.MAX_VALUE);
    return receiveInto(target.asSlice(0, size).asByteBuffer());
  }

  /// Waits for the next message, sent as bytes, and puts it into a buffer at its position, which
  /// moves on by as much.
  ///
  /// @param target where to put it
  /// @return the number of bytes received
  /// @throws BufferTooShortException if fewer bytes remain; the exception has the message, the
  ///   buffer is as it was
  /// @throws IOException as [#receiveBytes]
  int receiveInto(ByteBuffer target) throws IOException;

  /// Waits until the next `receive` would not: a message is here to its last byte, or the peer is
  /// gone. Half a message is none.
  ///
  /// @param timeout how long to wait at most; zero looks without waiting
  /// @return whether `receive` returns or throws at once
  /// @throws IOException if this end is closed
  boolean poll(Duration timeout) throws IOException;

  /// Closes this end. The peer can still receive what has been sent; over TCP that holds unless it
  /// goes on sending, which resets the connection. Closing twice is harmless.
  @Override
  void close();
}
