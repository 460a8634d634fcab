package dev.multijvm.multiprocessing.internal.wire;

import dev.multijvm.multiprocessing.RemoteException;
import java.io.PrintWriter;
import java.io.StringWriter;

/// How exceptions travel: as themselves with their stack trace, else as a [RemoteException].
///
/// Their own code may throw anything, even checked exceptions that it does not declare.
public final class Throwables {
  private Throwables() {}

  /// Writes the text that stands for the exception where it cannot travel, then the exception.
  public static void write(Throwable thrown, ValueWriter writer, Encoder out) {
    out.writeText(thrown.getClass().getName());
    out.writeText(description(thrown));
    out.writeText(stackTrace(thrown));
    int start = out.size();
    try {
      writer.write(thrown);
    } catch (Throwable _) {
      out.truncate(start);
      out.writeByte(Tag.NULL);
    }
  }

  /// Reads what [#write] wrote.
  public static Throwable read(Decoder in, ValueReader reader) {
    var standIn = new RemoteException(in.readText(), in.readText(), in.readText());
    try {
      return reader.read(in) instanceof Throwable thrown ? thrown : standIn;
    } catch (Throwable problem) {
      standIn.addSuppressed(problem);
      return standIn;
    }
  }

  /// What an exception says of itself, or its class if its own code fails at that.
  public static String description(Throwable thrown) {
    try {
      return String.valueOf(thrown.toString());
    } catch (Throwable _) {
      return thrown.getClass().getName();
    }
  }

  /// The stack trace and the causes of an exception, as far as its own code and the stack let them
  /// be told.
  public static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(text));
    } catch (Throwable _) {
      text.append("... (the rest cannot be told)\n");
    }
    return text.toString();
  }
}
