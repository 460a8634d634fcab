package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection over one line.
final class LineConnection implements Connection {
  private final Line line;
  private final FrameReader reader;
  private final FrameWriter writer;
  private final ObjectCodec codec;

  LineConnection(Line line, ObjectCodec codec, int messageLimitBytes) {
    this.line = line;
    this.codec = codec;
    reader = new FrameReader(line, messageLimitBytes);
    writer = new FrameWriter(line, messageLimitBytes);
  }

  void write(Frame.Kind kind, ByteBuffer message) throws IOException {
    writer.write(kind, message);
  }

  boolean await(Deadline deadline) throws IOException {
    return reader.await(deadline);
  }

  @Override
  public void send(@Nullable Object message) throws IOException {
    writer.write(Frame.Kind.OBJECT, codec.encode(message));
  }

  @Override
  public @Nullable Object receive() throws IOException {
    return codec.decode(reader.read(Frame.Kind.OBJECT));
  }

  @Override
  public void sendBytes(ByteBuffer message) throws IOException {
    writer.write(Frame.Kind.BYTES, message);
  }

  @Override
  public byte[] receiveBytes() throws IOException {
    return reader.read(Frame.Kind.BYTES);
  }

  @Override
  public int receiveInto(ByteBuffer target) throws IOException {
    return reader.readInto(target);
  }

  @Override
  public boolean poll(Duration timeout) throws IOException {
    return await(Deadline.after(timeout));
  }

  @Override
  public void close() {
    line.close();
  }
}
