package dev.multijvm.multiprocessing.internal.wire;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A buffer that grows and to which primitives are written, little-endian. One thread at a time;
/// meant to be kept and [#clear]ed rather than made anew.
public final class Encoder extends OutputStream {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// A buffer that grew beyond this is not kept for the next message.
  private static final int LARGEST_KEPT = 1 << 20;

  /// The most bytes of one message: what a JVM makes an array of, less some for a header.
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private byte[] bytes;
  private int size;

  public Encoder(int capacity) {
    bytes = new byte[capacity];
  }

  public void clear() {
    size = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[1024];
    }
  }

  public int size() {
    return size;
  }

  /// Forgets all that was written after `size` bytes.
  public void truncate(int size) {
    this.size = size;
  }

  /// The buffer itself; valid up to [#size()] and until the next write.
  public byte[] array() {
    return bytes;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /// Makes room for `count` more bytes and returns where they begin.
  ///
  /// @throws IllegalArgumentException if they are too many for one message
  public int reserve(long count) {
    int offset = size;
    long end = offset + count;
    if (end > bytes.length) {
      grow(end);
    }
    size = (int) end;
    return offset;
  }

  private void grow(long needed) {
    if (needed > LARGEST) {
      throw new IllegalArgumentException(
          "a message of " + needed + " bytes is too long, the most is " + LARGEST);
    }
    long doubled = Math.min((long) bytes.length * 2, LARGEST);
    bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
  }

  @Override
  public void write(int b) {
    writeByte(b);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    int start = reserve(count);
    System.arraycopy(source, offset, bytes, start, count);
  }

  public void writeByte(int value) {
    int offset = reserve(1);
    bytes[offset] = (byte) value;
  }

  public void writeInt(int value) {
    int offset = reserve(Integer.BYTES);
    INT.set(bytes, offset, value);
  }

  public void writeLong(long value) {
    int offset = reserve(Long.BYTES);
    LONG.set(bytes, offset, value);
  }

  /// Overwrites four bytes that were written before.
  public void setInt(int offset, int value) {
    INT.set(bytes, offset, value);
  }

  /// Overwrites eight bytes that were written before.
  public void setLong(int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  /// Writes seven bits per byte, the lowest first; small values that are not negative stay small.
  public void writeVarLong(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  /// As [#writeVarLong], for lengths and counts.
  public void writeVarInt(int value) {
    writeVarLong(value & 0xFFFF_FFFFL);
  }

  /// Writes the length in bytes, then the bytes.
  public void writeBlock(byte[] block) {
    writeVarInt(block.length);
    write(block, 0, block.length);
  }

  /// Writes `text` in UTF-8 after its length in bytes. Lone surrogates are lost: not for users'
  /// values.
  public void writeText(String text) {
    writeBlock(text.getBytes(StandardCharsets.UTF_8));
  }
}
