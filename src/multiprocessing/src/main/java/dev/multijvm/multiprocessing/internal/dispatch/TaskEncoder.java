package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.TaskNotSerializableException;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.List;

/// Makes the bytes of tasks, on the thread that hands them over.
final class TaskEncoder {
  private TaskEncoder() {}

  static byte[] encodeCall(Object work) {
    var out = new Encoder(256);
    out.writeByte(Message.CALL);
    write(work, new ValueWriter(out));
    return out.toBytes();
  }

  static byte[] encodeChunk(SharedFunction function, List<?> items) {
    var out = new Encoder(64);
    out.writeByte(Message.APPLY);
    out.writeLong(function.number());
    out.writeVarInt(items.size());
    var writer = new ValueWriter(out);
    for (Object item : items) {
      write(item, writer);
    }
    return out.toBytes();
  }

  static byte[] encodeValue(Object value) {
    var out = new Encoder(256);
    write(value, new ValueWriter(out));
    return out.toBytes();
  }

  private static void write(Object value, ValueWriter writer) {
    try {
      writer.write(value);
    } catch (NotSerializableException problem) {
      throw notSerializable(value, problem);
    } catch (IOException problem) {
      throw new TaskNotSerializableException(
          value.getClass().getName(), "task", "its own serialization failed", problem);
    }
  }

  private static TaskNotSerializableException notSerializable(
      Object value, NotSerializableException problem) {
    String cure =
        value instanceof Serializable
            ? "make it Serializable, or do not capture it"
            : "declare the task as SerializableCallable or SerializableRunnable";
    return new TaskNotSerializableException(
        String.valueOf(problem.getMessage()), "task", cure, problem);
  }
}
