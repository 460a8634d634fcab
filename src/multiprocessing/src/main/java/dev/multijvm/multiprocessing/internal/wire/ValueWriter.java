package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Writes values: common ones in a compact form, all others by JDK serialization. What is written
/// is a copy as of now.
public final class ValueWriter {
  private final Encoder out;

  public ValueWriter(Encoder out) {
    this.out = out;
  }

  /// Writes a copy of `value`.
  ///
  /// @throws IOException if something in `value` is not serializable, or its own code says so
  public void write(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(Tag.NULL);
      case Integer number -> {
        out.writeByte(Tag.INT);
        out.writeInt(number);
      }
      case Long number -> {
        out.writeByte(Tag.LONG);
        out.writeLong(number);
      }
      case Double number -> {
        out.writeByte(Tag.DOUBLE);
        out.writeLong(Double.doubleToRawLongBits(number));
      }
      case String text -> writeString(text);
      case Boolean truth -> out.writeByte(truth ? Tag.TRUE : Tag.FALSE);
      case Float number -> {
        out.writeByte(Tag.FLOAT);
        out.writeInt(Float.floatToRawIntBits(number));
      }
      case Short number -> {
        out.writeByte(Tag.SHORT);
        out.writeInt(number);
      }
      case Byte number -> {
        out.writeByte(Tag.BYTE);
        out.writeByte(number);
      }
      case Character character -> {
        out.writeByte(Tag.CHARACTER);
        out.writeInt(character);
      }
      case byte[] array -> {
        out.writeByte(Tag.BYTES);
        out.writeBlock(array);
      }
      case int[] array -> body(Tag.INTS, array.length, Integer.BYTES).asIntBuffer().put(array);
      case long[] array -> body(Tag.LONGS, array.length, Long.BYTES).asLongBuffer().put(array);
      case double[] array ->
          body(Tag.DOUBLES, array.length, Double.BYTES).asDoubleBuffer().put(array);
      default -> writeSerialized(value);
    }
  }

  private void writeString(String text) {
    int length = text.length();
    int start = out.size();
    out.writeByte(Tag.LATIN_STRING);
    out.writeVarInt(length);
    int offset = out.reserve(length);
    byte[] target = out.array();
    for (int i = 0; i < length; i++) {
      char next = text.charAt(i);
      if (next > 0xFF) {
        out.truncate(start);
        writeWideString(text);
        return;
      }
      target[offset + i] = (byte) next;
    }
  }

  private void writeWideString(String text) {
    body(Tag.WIDE_STRING, text.length(), Character.BYTES).asCharBuffer().put(text);
  }

  private ByteBuffer body(byte tag, int count, int elementSize) {
    out.writeByte(tag);
    out.writeVarInt(count);
    int size = Math.multiplyExact(count, elementSize);
    int offset = out.reserve(size);
    return ByteBuffer.wrap(out.array(), offset, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void writeSerialized(Object value) throws IOException {
    out.writeByte(Tag.SERIALIZED);
    int lengthOffset = out.reserve(Integer.BYTES);
    try (var stream = new ObjectOutputStream(out)) {
      stream.writeObject(value);
    }
    out.setInt(lengthOffset, out.size() - lengthOffset - Integer.BYTES);
  }
}
