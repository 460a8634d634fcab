package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One end of a pipe: it may travel until some process begins to use it, and is a connection there.
abstract class PipeEnd implements Connection, Serializable {
  private static final long serialVersionUID = 1L;

  static final ObjectCodec CODEC = new ObjectCodec(null);
  static final int MESSAGE_LIMIT_BYTES = Integer.MAX_VALUE - 8;

  private final transient int index;
  private final transient PipeDirections directions;

  PipeEnd(int index, PipeDirections directions) {
    this.index = index;
    this.directions = directions;
  }

  final int index() {
    return index;
  }

  final PipeDirections directions() {
    return directions;
  }

  /// Begins to use this end, and waits until it is connected to the other one.
  ///
  /// @return null if the deadline passed before
  abstract @Nullable LineConnection connected(Deadline deadline) throws IOException;

  /// Begins to use this end and sends a message through it.
  abstract void write(Frame.Kind kind, ByteBuffer message) throws IOException;

  /// The ticket that stands for this end on its way to another process.
  ///
  /// @throws NotSerializableException if it is in use here, or closed
  abstract PipeTicket ticket() throws NotSerializableException;

  final Object writeReplace() throws NotSerializableException {
    return ticket();
  }

  @Override
  public final void send(@Nullable Object message) throws IOException {
    directions.requireSending();
    write(Frame.Kind.OBJECT, CODEC.encode(message));
  }

  @Override
  public final void sendBytes(ByteBuffer message) throws IOException {
    directions.requireSending();
    write(Frame.Kind.BYTES, message);
  }

  @Override
  public final @Nullable Object receive() throws IOException {
    return receiving().receive();
  }

  @Override
  public final byte[] receiveBytes() throws IOException {
    return receiving().receiveBytes();
  }

  @Override
  public final int receiveInto(ByteBuffer target) throws IOException {
    return receiving().receiveInto(target);
  }

  private LineConnection receiving() throws IOException {
    directions.requireReceiving();
    var connection = connected(Deadline.NEVER);
    if (connection == null) {
      throw new AssertionError("an endless wait has ended");
    }
    return connection;
  }

  @Override
  public final boolean poll(Duration timeout) throws IOException {
    directions.requireReceiving();
    var deadline = Deadline.after(timeout);
    try {
      var connection = connected(deadline);
      return connection != null && connection.await(deadline);
    } catch (EOFException e) {
      return true;
    }
  }
}
