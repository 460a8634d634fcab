package dev.multijvm.benchmarks.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One end of a connection for messages.
public interface Line extends AutoCloseable {

  /// Sends the remaining bytes of `message`, which stays as it is and must not be changed while the
  /// other end may look at it.
  void send(ByteBuffer message) throws IOException, InterruptedException;

  /// Waits for a message.
  ///
  /// @param spare may be filled with it, from its start; large enough for any message
  /// @return the message: `spare`, or the sender's own
  ByteBuffer receive(ByteBuffer spare) throws IOException, InterruptedException;

  @Override
  void close();
}
