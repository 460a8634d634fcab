package dev.multijvm.multiprocessing.internal.dispatch;

import dev.multijvm.multiprocessing.TaskNotSerializableException;
import dev.multijvm.multiprocessing.internal.insight.Insights;
import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Unserializable;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter.Lambdas;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes the bytes of tasks, on the thread that hands them over.
final class TaskEncoder {
  /// What a task is made of.
  ///
  /// @param body as a worker reads it
  /// @param needs what the worker must know first
  /// @param at when, by [System#nanoTime]; 0 if this task is not among those that are timed
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Encoded(byte[] body, List<Definition> needs, long at) {}

  /// A task for some of the items that were offered.
  ///
  /// @param count how many
  record EncodedChunk(Encoded task, int count) {}

  /// Once a chunk has so many bytes, it gets no more items.
  static final int LARGEST_CHUNK = Ring.LARGEST_BODY - 4096;

  private static final AtomicInteger FUNCTION_NUMBERS = new AtomicInteger();

  /// The buffer of each platform thread. It may be taken when it is wanted, because serialization
  /// may run user code that submits.
  private static final ThreadLocal<@Nullable Buffer> SPARE = new ThreadLocal<>();

  /// So many tasks of a pool are timed, and then only some of each thread: looking at the clock
  /// takes a tenth of the time of the smallest task.
  private static final int ALL_TIMED = 1024;

  private static final int TIMED_EACH = 64;

  private static final long NO_ITEM = -1;

  private final Lambdas lambdas;
  private final Insights insights;

  /// How many were timed, up to [#ALL_TIMED]. Threads that count at once may lose some, which does
  /// no harm.
  private int timed;

  /// How many buffers were made; as above. Each counts its uses from there, because those of
  /// threads that submit little, or are virtual, never get far.
  private static int buffers;

  private static final class Buffer {
    final Encoder out = new Encoder(512);
    boolean isTaken;
    int uses = buffers++;

    /// When this use began; 0 if it is not timed.
    long since;

    final ValueWriter writer = new ValueWriter(out, Lambdas.BY_NUMBER);
  }

  TaskEncoder(Lambdas lambdas, Insights insights) {
    this.lambdas = lambdas;
    this.insights = insights;
  }

  /// A task that calls `work`, a `Callable` or `Runnable`.
  Encoded call(Object work) {
    var buffer = take();
    buffer.out.writeByte(Message.CALL);
    write(work, NO_ITEM, buffer);
    return give(buffer);
  }

  /// A task that applies `function` to the first of `items`: at most `most`, and no more than fit a
  /// message that travels well.
  ///
  /// @param number of the first of them, for who must be told that it cannot travel
  EncodedChunk chunk(Definition function, List<?> items, long number, int most) {
    var buffer = take();
    var out = buffer.out;
    out.writeByte(Message.APPLY);
    out.writeInt(function.number());
    int countOffset = out.reserve(Integer.BYTES);
    int count = 0;
    while (count < most && count < items.size() && out.size() < LARGEST_CHUNK) {
      write(items.get(count), number + count, buffer);
      count++;
    }
    out.setInt(countOffset, count);
    var encoded = give(buffer);
    return new EncodedChunk(
        new Encoded(encoded.body(), withFunction(function, encoded.needs()), encoded.at()), count);
  }

  private static List<Definition> withFunction(Definition function, List<Definition> needs) {
    // The function itself knows what it needs; items are rarely lambdas.
    if (needs.isEmpty()) {
      return function.asNeeds();
    }
    var all = new ArrayList<>(needs);
    all.add(function);
    return all;
  }

  /// A function for many tasks, as of now.
  Definition function(Object function) {
    var encoded = value(Objects.requireNonNull(function, "function"));
    return new Definition(
        Message.FUNCTION, FUNCTION_NUMBERS.incrementAndGet(), encoded.body(), encoded.needs());
  }

  private Encoded value(Object value) {
    var buffer = take();
    write(value, NO_ITEM, buffer);
    return give(buffer);
  }

  /// A value that needs nothing else to be read.
  static byte[] standAlone(Object value) {
    return new TaskEncoder(Lambdas.SERIALIZED, new Insights()).value(value).body();
  }

  private Buffer take() {
    var buffer = SPARE.get();
    if (buffer == null || buffer.isTaken) {
      buffer = new Buffer();
    }
    buffer.isTaken = true;
    buffer.out.clear();
    buffer.writer.restart(lambdas);
    boolean isYoung = timed < ALL_TIMED;
    if (isYoung) {
      timed++;
    }
    buffer.since = isYoung || ++buffer.uses % TIMED_EACH == 0 ? System.nanoTime() : 0;
    return buffer;
  }

  private Encoded give(Buffer buffer) {
    var encoded = new Encoded(buffer.out.toBytes(), buffer.writer.takeNeeds(), timed(buffer));
    buffer.out.clear();
    buffer.isTaken = false;
    if (SPARE.get() == null && !Thread.currentThread().isVirtual()) {
      SPARE.set(buffer);
    }
    return encoded;
  }

  private long timed(Buffer buffer) {
    if (buffer.since == 0) {
      return 0;
    }
    long now = System.nanoTime();
    insights.encoded(now - buffer.since);
    return now;
  }

  /// @param number of the item that `value` is, or [#NO_ITEM]
  private static void write(@Nullable Object value, long number, Buffer buffer) {
    boolean isWritten = false;
    try {
      buffer.writer.write(value);
      isWritten = true;
    } catch (NotSerializableException problem) {
      String name = number == NO_ITEM ? Unserializable.TASK : "items[" + number + "]";
      throw Unserializable.explain(value, name, problem);
    } catch (IOException problem) {
      throw new TaskNotSerializableException(
          value == null ? "null" : value.getClass().getName(),
          "task",
          "its own serialization failed",
          problem);
    } finally {
      if (!isWritten && buffer.equals(SPARE.get())) {
        // Nobody will give it back.
        SPARE.remove();
      }
    }
  }
}
