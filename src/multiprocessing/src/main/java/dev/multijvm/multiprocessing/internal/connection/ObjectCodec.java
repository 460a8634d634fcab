package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.internal.wire.LoadingObjectInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Objects to bytes and back by Java serialization, each message a stream of its own, so that what
/// a refused message contained cannot be seen by the next.
///
/// @param filter asked before the JVM's own filter; null for none
record ObjectCodec(@Nullable ObjectInputFilter filter) {
  private static final System.Logger LOGGER = System.getLogger(Connection.class.getPackageName());

  ByteBuffer encode(@Nullable Object message) throws IOException {
    var bytes = new Bytes();
    try (var stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(message);
    }
    return bytes.toBuffer();
  }

  /// @throws InvalidClassException if a class is refused or missing
  /// @throws java.io.ObjectStreamException if the object cannot be made of the message
  @Nullable Object decode(byte[] message) throws IOException {
    var loader = Thread.currentThread().getContextClassLoader();
    try (var stream =
        new LoadingObjectInputStream(new ByteArrayInputStream(message), loader, filter)) {
      return stream.readOrNameRejected();
    } catch (InvalidClassException e) {
      LOGGER.log(Level.WARNING, () -> "refused a message: " + e.getMessage());
      throw e;
    } catch (ClassNotFoundException e) {
      var missing = new InvalidClassException(e.getMessage(), "not a class of this process");
      missing.initCause(e);
      throw missing;
    } catch (ObjectStreamException e) {
      throw e;
    } catch (IOException e) {
      // An end that the message or the code of its classes has met is not that of the connection.
      throw new InvalidObjectException("the message cannot be read: " + e.getMessage(), e);
    }
  }

  /// Spares a copy of a long message.
  private static final class Bytes extends ByteArrayOutputStream {
    ByteBuffer toBuffer() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }
}
