package dev.multijvm.benchmarks.exchange;

import dev.multijvm.multiprocessing.SerializableCallable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The peer of [Conversation]s: takes part in one after the other until there is no other.
///
/// @param plug gives its end of the line
/// @param bytes in each message
public record Listening(Plug plug, int bytes) implements SerializableCallable<Long> {

  /// Returns how many messages it received.
  @Override
  public Long call() throws IOException, InterruptedException {
    var spare = ByteBuffer.allocate(bytes);
    long received = 0;
    try (var line = plug.line()) {
      while (true) {
        var header = line.receive(spare);
        var way = header.getInt() == 1 ? Way.ROUND_TRIP : Way.ONE_WAY;
        int count = header.getInt();
        if (count == 0) {
          return received;
        }
        received += takePart(line, spare, way, count);
      }
    }
  }

  private static int takePart(Line line, ByteBuffer spare, Way way, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      var message = line.receive(spare);
      if (way == Way.ROUND_TRIP) {
        line.send(message);
      }
    }
    if (way == Way.ONE_WAY) {
      line.send(ByteBuffer.allocate(Conversation.RECEIPT_BYTES));
    }
    return count;
  }
}
