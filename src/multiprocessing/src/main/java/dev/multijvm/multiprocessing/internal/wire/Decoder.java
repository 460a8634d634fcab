package dev.multijvm.multiprocessing.internal.wire;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what an [Encoder] wrote. As a stream it gives the bytes that are left. A message that ends
/// too early throws [IndexOutOfBoundsException].
public final class Decoder extends InputStream {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int position;
  private int limit;

  public Decoder(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public Decoder(byte[] bytes, int offset, int count) {
    this.bytes = bytes;
    reset(bytes, offset, count);
  }

  /// Starts again with other bytes.
  public void reset(byte[] bytes, int offset, int count) {
    this.bytes = bytes;
    position = offset;
    limit = offset + count;
  }

  private int advance(int count) {
    int offset = position;
    if (count < 0 || count > limit - offset) {
      throw new IndexOutOfBoundsException(
          "message too short: " + count + " bytes wanted, " + (limit - offset) + " left");
    }
    position = offset + count;
    return offset;
  }

  @Override
  public int available() {
    return limit - position;
  }

  @Override
  public int read() {
    return position < limit ? bytes[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int count) {
    if (count == 0) {
      return 0;
    }
    if (position == limit) {
      return -1;
    }
    int part = Math.min(count, limit - position);
    System.arraycopy(bytes, advance(part), target, offset, part);
    return part;
  }

  public byte readByte() {
    return bytes[advance(1)];
  }

  public int readInt() {
    return (int) INT.get(bytes, advance(Integer.BYTES));
  }

  public long readLong() {
    return (long) LONG.get(bytes, advance(Long.BYTES));
  }

  public long readVarLong() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a number of more than ten bytes");
  }

  public int readVarInt() {
    return (int) readVarLong();
  }

  public byte[] readBlock() {
    int count = readVarInt();
    int offset = advance(count);
    return Arrays.copyOfRange(bytes, offset, offset + count);
  }

  /// What is left, as an array of its own.
  public byte[] readRest() {
    int offset = advance(available());
    return Arrays.copyOfRange(bytes, offset, limit);
  }

  public String readText() {
    int count = readVarInt();
    return new String(bytes, advance(count), count, StandardCharsets.UTF_8);
  }

  /// Copies `count` bytes into a primitive array or string by the caller; returns their offset in
  /// [#array()].
  int skip(int count) {
    return advance(count);
  }

  byte[] array() {
    return bytes;
  }
}
