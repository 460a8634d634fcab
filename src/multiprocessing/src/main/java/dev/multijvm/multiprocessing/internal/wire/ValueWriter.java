package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.invoke.SerializedLambda;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes values: common ones in a compact form, all others by JDK serialization. What is written
/// is a copy as of now.
public final class ValueWriter {
  /// Whether lambdas are written by number.
  public enum Lambdas {
    /// The reader is told the [Definition]s first.
    BY_NUMBER,
    /// As anything else.
    SERIALIZED
  }

  private final Encoder out;
  private Lambdas lambdas;
  private List<Definition> needs = List.of();

  public ValueWriter(Encoder out, Lambdas lambdas) {
    this.out = out;
    this.lambdas = lambdas;
  }

  /// Starts anew, for another reader.
  public void restart(Lambdas newLambdas) {
    lambdas = newLambdas;
    needs = List.of();
  }

  /// What the reader must know to read all that was written since this was last called.
  public List<Definition> takeNeeds() {
    var taken = needs;
    needs = List.of();
    return taken;
  }

  /// Writes a copy of `value`.
  ///
  /// @throws IOException if something in `value` is not serializable, or its own code says so
  public void write(@Nullable Object value) throws IOException {
    // Not a switch over types: its first run makes classes, which costs a worker's start some
    // milliseconds.
    if (value == null) {
      out.writeByte(Tag.NULL);
    } else if (value instanceof Integer number) {
      out.writeByte(Tag.INT);
      out.writeInt(number);
    } else if (value instanceof Long number) {
      out.writeByte(Tag.LONG);
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte(Tag.DOUBLE);
      out.writeLong(Double.doubleToRawLongBits(number));
    } else if (value instanceof String text) {
      writeString(text);
    } else if (value instanceof Boolean truth) {
      out.writeByte(truth ? Tag.TRUE : Tag.FALSE);
    } else if (value.getClass().isArray()) {
      writeArray(value);
    } else if (!writeRareNumber(value)) {
      writeObject(value);
    }
  }

  /// Returns whether `value` is one.
  private boolean writeRareNumber(Object value) {
    if (value instanceof Float number) {
      out.writeByte(Tag.FLOAT);
      out.writeInt(Float.floatToRawIntBits(number));
    } else if (value instanceof Short number) {
      out.writeByte(Tag.SHORT);
      out.writeInt(number);
    } else if (value instanceof Byte number) {
      out.writeByte(Tag.BYTE);
      out.writeByte(number);
    } else if (value instanceof Character character) {
      out.writeByte(Tag.CHARACTER);
      out.writeInt(character);
    } else {
      return false;
    }
    return true;
  }

  private void writeArray(Object value) throws IOException {
    if (value instanceof byte[] array) {
      out.writeByte(Tag.BYTES);
      out.writeBlock(array);
    } else if (value instanceof int[] array) {
      body(Tag.INTS, array.length, Integer.BYTES).asIntBuffer().put(array);
    } else if (value instanceof long[] array) {
      body(Tag.LONGS, array.length, Long.BYTES).asLongBuffer().put(array);
    } else if (value instanceof double[] array) {
      body(Tag.DOUBLES, array.length, Double.BYTES).asDoubleBuffer().put(array);
    } else {
      out.writeByte(Tag.SERIALIZED);
      writeSerialized(value);
    }
  }

  private void writeObject(Object value) throws IOException {
    if (value instanceof Record && writeRecord(value)) {
      return;
    }
    var shape =
        lambdas == Lambdas.BY_NUMBER ? FunctionShape.of(value) : Optional.<FunctionShape>empty();
    if (shape.isPresent()) {
      writeLambda(shape.get(), shape.get().taken(value));
    } else {
      out.writeByte(Tag.SERIALIZED);
      writeSerialized(value);
    }
  }

  /// Returns whether `value` has a compact form.
  private boolean writeRecord(Object value) throws IOException {
    var shape = RecordShape.of(value.getClass());
    if (shape.isEmpty()) {
      return false;
    }
    out.writeByte(Tag.RECORD);
    shape.get().write(value, this, out);
    return true;
  }

  private void writeLambda(FunctionShape shape, SerializedLambda lambda) throws IOException {
    need(shape.definition(lambda));
    int count = lambda.getCapturedArgCount();
    if (isEntangled(lambda)) {
      out.writeByte(Tag.ENTANGLED_LAMBDA);
      out.writeVarInt(shape.number());
      var captured = new @Nullable Object[count];
      for (int i = 0; i < count; i++) {
        captured[i] = lambda.getCapturedArg(i);
      }
      writeSerialized(captured);
    } else {
      out.writeByte(Tag.LAMBDA);
      out.writeVarInt(shape.number());
      out.writeVarInt(count);
      for (int i = 0; i < count; i++) {
        write(lambda.getCapturedArg(i));
      }
    }
  }

  /// Whether two captured values may refer to one object, which must be one object again.
  private static boolean isEntangled(SerializedLambda lambda) {
    int objects = 0;
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      objects += isScalar(lambda.getCapturedArg(i)) ? 0 : 1;
    }
    return objects > 1;
  }

  private static boolean isScalar(@Nullable Object value) {
    return value == null
        || (value instanceof Number && value.getClass().getPackageName().equals("java.lang"))
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Character;
  }

  private void need(List<Definition> definition) {
    if (needs.isEmpty()) {
      needs = definition;
    } else if (!needs.containsAll(definition)) {
      var all = new ArrayList<>(needs);
      all.addAll(definition);
      needs = all;
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
    long size = (long) count * elementSize;
    int offset = out.reserve(size);
    return ByteBuffer.wrap(out.array(), offset, (int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void writeSerialized(Object value) throws IOException {
    int lengthOffset = out.reserve(Integer.BYTES);
    try (var stream = new ObjectOutputStream(out)) {
      stream.writeObject(value);
    }
    out.setInt(lengthOffset, out.size() - lengthOffset - Integer.BYTES);
  }
}
