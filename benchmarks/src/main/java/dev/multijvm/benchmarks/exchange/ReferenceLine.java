package dev.multijvm.benchmarks.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Messages between threads: a reference is handed over and no byte is copied.
///
/// @param outgoing what this end sends
/// @param incoming what it receives
public record ReferenceLine(BlockingQueue<ByteBuffer> outgoing, BlockingQueue<ByteBuffer> incoming)
    implements Line {

  private static final int CAPACITY = 16;

  /// Returns one end of a new connection.
  public static ReferenceLine open() {
    return new ReferenceLine(
        new ArrayBlockingQueue<>(CAPACITY), new ArrayBlockingQueue<>(CAPACITY));
  }

  /// Returns the other end.
  public ReferenceLine turned() {
    return new ReferenceLine(/* outgoing= */ incoming, /* incoming= */ outgoing);
  }

  @Override
  public void send(ByteBuffer message) throws InterruptedException {
    outgoing.put(message.duplicate());
  }

  @Override
  public ByteBuffer receive(ByteBuffer spare) throws InterruptedException {
    return incoming.take();
  }

  @Override
  public void close() {}
}
