package dev.multijvm.multiprocessing.internal.connection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Objects to bytes and back by Java serialization, each message a stream of its own, so that what
/// a refused message contained cannot be seen by the next.
///
/// @param filter asked before the JVM's own filter; null for none
record ObjectCodec(@Nullable ObjectInputFilter filter) {

  ByteBuffer encode(@Nullable Object message) throws IOException {
    var bytes = new Bytes();
    try (var stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(message);
    }
    return bytes.toBuffer();
  }

  /// @throws InvalidClassException if a class is refused or missing
  @Nullable Object decode(byte[] message) throws IOException {
    try (var stream = new FilteredStream(message)) {
      return stream.readObject();
    } catch (ClassNotFoundException e) {
      var missing = new InvalidClassException(e.getMessage(), "not a class of this process");
      missing.initCause(e);
      throw missing;
    }
  }

  private final class FilteredStream extends ObjectInputStream {
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    FilteredStream(byte[] message) throws IOException {
      super(new ByteArrayInputStream(message));
      if (filter != null) {
        setObjectInputFilter(ObjectInputFilter.merge(filter, getObjectInputFilter()));
      }
    }

    /// The thread's own loader knows the program's classes; the default, the nearest loader on the
    /// stack, may be this library's.
    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException _) {
        return super.resolveClass(description);
      }
    }
  }

  /// Spares a copy of a long message.
  private static final class Bytes extends ByteArrayOutputStream {
    ByteBuffer toBuffer() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
