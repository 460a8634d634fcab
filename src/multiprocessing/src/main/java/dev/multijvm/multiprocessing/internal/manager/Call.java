package dev.multijvm.multiprocessing.internal.manager;

import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A call on its way to a manager, and its outcome on the way back.
///
/// @param id the object called
/// @param verb what is asked of it
/// @param arguments whatever the verb needs
record Call(long id, String verb, Arguments arguments) {
  private static final int USUAL_BYTES = 256;
  private static final byte RETURNED = 0;
  private static final byte THREW = 1;

  /// How a call ended: one of the two is null, or both are.
  record Outcome(@Nullable Object result, @Nullable Throwable thrown) {}

  ByteBuffer encode() throws IOException {
    var out = new Encoder(USUAL_BYTES);
    out.writeVarLong(id);
    out.writeText(verb);
    out.writeVarInt(arguments.values().size());
    var writer = new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED);
    for (var argument : arguments.values()) {
      writer.write(argument);
    }
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  static Call decode(byte[] message) throws IOException, ClassNotFoundException {
    var in = new Decoder(message);
    var id = in.readVarLong();
    var verb = in.readText();
    var arguments = new @Nullable Object[in.readVarInt()];
    var reader = reader();
    for (var i = 0; i < arguments.length; i++) {
      arguments[i] = reader.read(in);
    }
    return new Call(id, verb, Arguments.of(arguments));
  }

  /// @throws IOException if the result cannot be serialized
  static ByteBuffer encodeResult(@Nullable Object result) throws IOException {
    var out = new Encoder(USUAL_BYTES);
    out.writeByte(RETURNED);
    new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED).write(result);
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  static ByteBuffer encodeThrown(Throwable thrown) {
    var out = new Encoder(USUAL_BYTES);
    out.writeByte(THREW);
    Throwables.write(thrown, new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED), out);
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  static Outcome decodeOutcome(byte[] message) throws IOException, ClassNotFoundException {
    var in = new Decoder(message);
    return in.readByte() == RETURNED
        ? new Outcome(reader().read(in), null)
        : new Outcome(null, Throwables.read(in, reader()));
  }

  /// What `value` becomes on its way to a manager and back.
  static @Nullable Object copy(@Nullable Object value) {
    try {
      var out = new Encoder(USUAL_BYTES);
      new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED).write(value);
      return reader().read(new Decoder(out.toBytes()));
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalArgumentException("cannot be serialized: " + e.getMessage(), e);
    }
  }

  private static ValueReader reader() {
    var loader = Thread.currentThread().getContextClassLoader();
    return new ValueReader(loader == null ? ClassLoader.getSystemClassLoader() : loader, null);
  }
}
