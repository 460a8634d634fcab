package dev.multijvm.benchmarks.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An end of a line through shared memory.
///
/// @param outgoing what this end sends
/// @param incoming what it receives
public record MemoryPlug(MemoryLane outgoing, MemoryLane incoming) implements Plug, Closeable {

  /// Returns one end of a new line for messages of up to so many bytes.
  public static MemoryPlug open(int messageBytes) throws IOException {
    return new MemoryPlug(MemoryLane.open(messageBytes), MemoryLane.open(messageBytes));
  }

  /// Returns the other end.
  public MemoryPlug turned() {
    return new MemoryPlug(/* outgoing= */ incoming, /* incoming= */ outgoing);
  }

  @Override
  public Line line() {
    return new End();
  }

  /// Removes the memory. Called where it was made.
  @Override
  public void close() {
    outgoing.close();
    incoming.close();
  }

  private final class End implements Line {

    private long sent;
    private long received;

    @Override
    public void send(ByteBuffer message) throws InterruptedException {
      outgoing.put(sent++, message);
    }

    @Override
    public ByteBuffer receive(ByteBuffer spare) throws InterruptedException {
      return incoming.take(received++, spare);
    }

    @Override
    public void close() {}
  }
}
