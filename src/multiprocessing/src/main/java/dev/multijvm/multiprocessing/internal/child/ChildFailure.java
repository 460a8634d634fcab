package dev.multijvm.multiprocessing.internal.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.multijvm.multiprocessing.RemoteException;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Carries the exception that ended a child to its parent, in a file in the parent's private
/// directory: as itself where it is serializable, always also as what can be said of it in text.
public final class ChildFailure {
  private ChildFailure() {}

  /// Leaves `thrown` at `path`, whole or not at all.
  static void write(Path path, Throwable thrown) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    writeBlock(out, thrown.getClass().getName().getBytes(UTF_8));
    writeBlock(out, Throwables.description(thrown).getBytes(UTF_8));
    writeBlock(out, Throwables.stackTrace(thrown).getBytes(UTF_8));
    writeBlock(out, serialized(thrown));
    Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
    Files.write(unfinished, bytes.toByteArray(), StandardOpenOption.CREATE_NEW);
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Takes what a child left at `path`; `null` if it left nothing.
  public static @Nullable Throwable take(Path path) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return null;
    }
    Files.delete(path);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    RemoteException standIn = new RemoteException(readText(in), readText(in), readText(in));
    try {
      return deserialized(readBlock(in)) instanceof Throwable thrown ? thrown : standIn;
    } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
      standIn.addSuppressed(e);
      return standIn;
    }
  }

  /// The bytes; none if `value` cannot be serialized.
  private static byte[] serialized(Throwable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException | RuntimeException | Error e) {
      return new byte[0];
    }
    return bytes.toByteArray();
  }

  private static Object deserialized(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static void writeBlock(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBlock(in), UTF_8);
  }

  private static byte[] readBlock(DataInputStream in) throws IOException {
    byte[] block = new byte[in.readInt()];
    in.readFully(block);
    return block;
  }
}
