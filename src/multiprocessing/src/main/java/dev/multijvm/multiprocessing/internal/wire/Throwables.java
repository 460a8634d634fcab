package dev.multijvm.multiprocessing.internal.wire;

import dev.multijvm.multiprocessing.RemoteException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// How exceptions travel: as themselves with their stack trace, else as a [RemoteException].
public final class Throwables {
  private Throwables() {}

  /// Writes the text that stands for the exception where it cannot travel, then the exception.
  public static void write(Throwable thrown, ValueWriter writer, Encoder out) {
    out.writeText(thrown.getClass().getName());
    out.writeText(thrown.toString());
    out.writeText(stackTrace(thrown));
    int start = out.size();
    try {
      writer.write(thrown);
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError _) {
      out.truncate(start);
      out.writeByte(Tag.NULL);
    }
  }

  /// Reads what [#write] wrote.
  public static Throwable read(Decoder in, ValueReader reader) {
    var standIn = new RemoteException(in.readText(), in.readText(), in.readText());
    try {
      return reader.read(in) instanceof Throwable thrown ? thrown : standIn;
    } catch (IOException | ClassNotFoundException | RuntimeException | Error problem) {
      standIn.addSuppressed(problem);
      return standIn;
    }
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
