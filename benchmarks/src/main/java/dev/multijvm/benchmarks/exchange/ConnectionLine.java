package dev.multijvm.benchmarks.exchange;

import dev.multijvm.multiprocessing.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Messages over a [Connection] of the library: a pipe, a Unix-domain socket, TCP.
public record ConnectionLine(Connection connection) implements Line {

  @Override
  public void send(ByteBuffer message) throws IOException {
    connection.sendBytes(message.duplicate());
  }

  @Override
  public ByteBuffer receive(ByteBuffer spare) throws IOException {
    connection.receiveInto(spare.clear());
    return spare.flip();
  }

  @Override
  public void close() {
    connection.close();
  }
}
