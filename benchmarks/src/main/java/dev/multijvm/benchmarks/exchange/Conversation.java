package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Sends `count` messages to a [Listening] peer and waits for what it sends back.
///
/// It begins with a message of its own, in which the peer is told what comes.
///
/// @param line to the peer, not to be used by others meanwhile
/// @param way how the messages go
/// @param bytes in each message, at least [#HEADER_BYTES]
/// @param count how many, at least 1
public record Conversation(Line line, Way way, int bytes, int count) implements Workload {

  /// The size of the first message: 1 for a round trip, else 0; then the count.
  public static final int HEADER_BYTES = 8;

  /// The size of what comes back in the end where messages go one way.
  static final int RECEIPT_BYTES = 1;

  private static final int SMALL = 4 << 10;
  private static final int MIDDLING = 64 << 10;

  public Conversation {
    if (bytes < HEADER_BYTES || count < 1) {
      throw new IllegalArgumentException(
          "8 <= bytes, 1 <= count must hold: bytes " + bytes + ", count " + count);
    }
  }

  /// Returns how many messages make some ten milliseconds.
  public static int countOf(Way way, int bytes) {
    return switch (way) {
      case ROUND_TRIP -> bytes <= SMALL ? 1000 : bytes <= MIDDLING ? 200 : 16;
      case ONE_WAY -> bytes <= SMALL ? 10_000 : bytes <= MIDDLING ? 1000 : 64;
    };
  }

  @Override
  public String kernel() {
    return "conversation";
  }

  @Override
  public int version() {
    return 1;
  }

  /// The bytes that came back.
  @Override
  public long answer() {
    return answer(way, bytes, count);
  }

  /// The answer of such a conversation.
  public static long answer(Way way, int bytes, int count) {
    return switch (way) {
      case ROUND_TRIP -> (long) bytes * count;
      case ONE_WAY -> RECEIPT_BYTES;
    };
  }

  @Override
  public Long call() throws IOException, InterruptedException {
    return call(_ -> {});
  }

  /// Does the same.
  ///
  /// @param clock is told in the end how many nanoseconds each round trip took; nothing where
  ///   messages go one way
  public long call(Consumer<long[]> clock) throws IOException, InterruptedException {
    line.send(header(way, count));
    return switch (way) {
      case ROUND_TRIP -> thereAndBack(clock);
      case ONE_WAY -> there();
    };
  }

  private long thereAndBack(Consumer<long[]> clock) throws IOException, InterruptedException {
    var message = ByteBuffer.allocate(bytes);
    var spare = ByteBuffer.allocate(bytes);
    var nanos = new long[count];
    long received = 0;
    long before = System.nanoTime();
    for (int i = 0; i < count; i++) {
      line.send(message);
      received += line.receive(spare).remaining();
      long now = System.nanoTime();
      nanos[i] = now - before;
      before = now;
    }
    clock.accept(nanos);
    return received;
  }

  private long there() throws IOException, InterruptedException {
    var message = ByteBuffer.allocate(bytes);
    for (int i = 0; i < count; i++) {
      line.send(message);
    }
    return line.receive(ByteBuffer.allocate(bytes)).remaining();
  }

  private static ByteBuffer header(Way way, int count) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .putInt(way == Way.ROUND_TRIP ? 1 : 0)
        .putInt(count)
        .flip();
  }

  /// Tells the peer that there will be no other conversation.
  public void end() throws IOException, InterruptedException {
    line.send(header(way, 0));
  }
}
