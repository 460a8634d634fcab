package dev.multijvm.multiprocessing.internal.wire;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads what a [ValueWriter] wrote.
public final class ValueReader {
  private final ClassLoader loader;
  private final @Nullable ObjectInputFilter filter;
  private final Definitions definitions = new Definitions();

  /// Classes of records that were read before, by name.
  private final Map<String, RecordShape> records = new ConcurrentHashMap<>();

  /// @param loader finds the classes of serialized values
  /// @param filter is asked besides the JVM's own filter; null for none
  public ValueReader(ClassLoader loader, @Nullable ObjectInputFilter filter) {
    this.loader = loader;
    this.filter = filter;
  }

  /// What was defined for this reader.
  public Definitions definitions() {
    return definitions;
  }

  /// Takes in a definition of `kind`.
  public void define(int kind, int number, Decoder encoded) {
    if (kind == Message.SHAPE) {
      definitions.addShape(number, encoded, loader);
    } else {
      definitions.addFunction(number, encoded, this);
    }
  }

  /// Reads the next value.
  ///
  /// @throws IOException if the bytes make no value, or a filter rejects a class
  /// @throws ClassNotFoundException if a class is not known here
  public @Nullable Object read(Decoder in) throws IOException, ClassNotFoundException {
    byte tag = in.readByte();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.TRUE -> true;
      case Tag.FALSE -> false;
      case Tag.INT -> in.readInt();
      case Tag.LONG -> in.readLong();
      case Tag.DOUBLE -> Double.longBitsToDouble(in.readLong());
      case Tag.FLOAT -> Float.intBitsToFloat(in.readInt());
      case Tag.SHORT -> (short) in.readInt();
      case Tag.BYTE -> in.readByte();
      case Tag.CHARACTER -> (char) in.readInt();
      case Tag.LATIN_STRING -> {
        int length = in.readVarInt();
        yield new String(in.array(), in.skip(length), length, StandardCharsets.ISO_8859_1);
      }
      case Tag.WIDE_STRING -> {
        int length = in.readVarInt();
        yield body(in, length, Character.BYTES).asCharBuffer().toString();
      }
      case Tag.BYTES -> in.readBlock();
      case Tag.INTS -> {
        var array = new int[in.readVarInt()];
        body(in, array.length, Integer.BYTES).asIntBuffer().get(array);
        yield array;
      }
      case Tag.LONGS -> {
        var array = new long[in.readVarInt()];
        body(in, array.length, Long.BYTES).asLongBuffer().get(array);
        yield array;
      }
      case Tag.DOUBLES -> {
        var array = new double[in.readVarInt()];
        body(in, array.length, Double.BYTES).asDoubleBuffer().get(array);
        yield array;
      }
      case Tag.SERIALIZED -> readSerialized(in);
      case Tag.LAMBDA -> {
        int number = in.readVarInt();
        var captured = new @Nullable Object[in.readVarInt()];
        for (int i = 0; i < captured.length; i++) {
          captured[i] = read(in);
        }
        yield definitions.lambda(number, captured);
      }
      case Tag.ENTANGLED_LAMBDA -> {
        int number = in.readVarInt();
        yield definitions.lambda(
            number, (@Nullable Object[]) Objects.requireNonNull(readSerialized(in)));
      }
      case Tag.RECORD -> {
        String className = in.readText();
        var shape = records.get(className);
        yield (shape == null ? admitted(className) : shape).read(this, in);
      }
      default -> throw new IOException("unknown tag " + tag);
    };
  }

  /// The shape of a class that is met for the first time, if filters let it pass.
  private RecordShape admitted(String className) throws IOException, ClassNotFoundException {
    var type = classNamed(className);
    var decision = Admission.of(type, filter);
    if (decision == ObjectInputFilter.Status.REJECTED) {
      throw new InvalidClassException(className, "filter status: " + decision);
    }
    var shape =
        RecordShape.of(type)
            .orElseThrow(() -> new InvalidClassException(className, "no such record here"));
    records.put(className, shape);
    return shape;
  }

  /// As [LoadingObjectInputStream] finds them: what the loader does not know, this library's may.
  private Class<?> classNamed(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException _) {
      return Class.forName(name, false, ValueReader.class.getClassLoader());
    }
  }

  private static ByteBuffer body(Decoder in, int count, int elementSize) {
    int size = Math.multiplyExact(count, elementSize);
    return ByteBuffer.wrap(in.array(), in.skip(size), size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private @Nullable Object readSerialized(Decoder in) throws IOException, ClassNotFoundException {
    int size = in.readInt();
    var body = new Decoder(in.array(), in.skip(size), size);
    try (var stream = new LoadingObjectInputStream(body, loader, filter)) {
      return stream.readOrNameRejected();
    }
  }
}
