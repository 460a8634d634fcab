package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other on the main thread.
///
/// `running` tells the link's reader which task may be interrupted: it holds the sequence while
/// user code runs, [#NONE] between tasks, and [#INTERRUPTING] for the moment in which an interrupt
/// is delivered. The main thread leaves a task only from the first, so no interrupt reaches the
/// next one.
final class TaskRunner {
  private static final long NONE = -1;
  private static final long INTERRUPTING = -2;

  private record Delivery(byte kind, long sequence, Decoder body) {}

  private final BootRecord boot;
  private final Thread taskThread;
  private final ValueReader reader;
  private final Encoder out = new Encoder(1024);
  private final ValueWriter writer = new ValueWriter(out);
  private final Map<Long, Function<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
  private final AtomicLong running = new AtomicLong(NONE);
  private final LinkedBlockingQueue<Delivery> inbox = new LinkedBlockingQueue<>();

  TaskRunner(BootRecord boot, Thread taskThread) {
    this.boot = boot;
    this.taskThread = taskThread;
    this.reader =
        new ValueReader(
            Objects.requireNonNullElse(
                Thread.currentThread().getContextClassLoader(), ClassLoader.getSystemClassLoader()),
            boot.serialFilter().isEmpty()
                ? null
                : ObjectInputFilter.Config.createFilter(boot.serialFilter()));
  }

  /// Called by the link's reader.
  void deliver(byte kind, long sequence, Decoder body) {
    inbox.add(new Delivery(kind, sequence, body));
  }

  /// Called by the link's reader: interrupts the task of `sequence` if it runs.
  void cancel(long sequence) {
    if (running.compareAndSet(sequence, INTERRUPTING)) {
      taskThread.interrupt();
      running.set(sequence);
    }
  }

  void runUntilToldToEnd(WorkerLink link) {
    perform(() -> hook(boot.initializer()));
    link.send(Message.READY, 0, out);
    while (true) {
      var delivery = next();
      switch (delivery.kind()) {
        case Message.TASK -> {
          run(delivery.sequence(), delivery.body());
          link.send(Message.RESULT, delivery.sequence(), out);
        }
        case Message.DEFINE -> define(delivery.sequence(), delivery.body());
        case Message.FORGET -> functions.remove(delivery.sequence());
        case Message.EXIT -> {
          perform(() -> hook(boot.exitHook()));
          System.exit(0);
        }
        default -> throw new IllegalStateException("message of kind " + delivery.kind());
      }
    }
  }

  private Delivery next() {
    while (true) {
      try {
        return inbox.take();
      } catch (InterruptedException _) {
        // A task's thread interrupts us after the task's end; it does not concern the next task.
      }
    }
  }

  private @Nullable Object hook(byte[] encoded) throws Exception {
    if (encoded.length > 0 && reader.read(new Decoder(encoded)) instanceof Runnable hook) {
      hook.run();
    }
    return null;
  }

  @SuppressWarnings("unchecked") // the pool sends functions only
  private void define(long number, Decoder body) {
    Function<@Nullable Object, @Nullable Object> function;
    try {
      function =
          (Function<@Nullable Object, @Nullable Object>) Objects.requireNonNull(reader.read(body));
    } catch (Throwable problem) {
      function =
          _ -> {
            throw new MultiprocessingException("the function cannot be read here", problem);
          };
    }
    functions.put(number, function);
  }

  private void run(long sequence, Decoder body) {
    running.set(sequence);
    perform(() -> body.readByte() == Message.CALL ? call(body) : apply(body));
    while (!running.compareAndSet(sequence, NONE)) {
      Thread.onSpinWait();
    }
    Thread.interrupted();
    System.out.flush();
    System.err.flush();
  }

  private @Nullable Object call(Decoder body) throws Exception {
    return switch (reader.read(body)) {
      case Callable<?> callable -> callable.call();
      case Runnable runnable -> {
        runnable.run();
        yield null;
      }
      case null, default -> throw new IOException("the task is neither Callable nor Runnable");
    };
  }

  private @Nullable Object apply(Decoder body) throws Exception {
    var function = Objects.requireNonNull(functions.get(body.readLong()));
    var results = new @Nullable Object[body.readVarInt()];
    for (int i = 0; i < results.length; i++) {
      results[i] = function.apply(reader.read(body));
    }
    return new Chunk(results);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(@Nullable Object[] results) {}

  /// Runs `work` and leaves its result, or whatever it throws, in `out`.
  private void perform(Callable<@Nullable Object> work) {
    long start = System.nanoTime();
    try {
      var result = work.call();
      begin(Message.RETURNED, start);
      if (result instanceof Chunk(var results)) {
        for (var one : results) {
          writer.write(one);
        }
      } else {
        writer.write(result);
      }
    } catch (Throwable thrown) {
      begin(thrown instanceof OutOfMemoryError ? Message.THREW_EXHAUSTED : Message.THREW, start);
      Throwables.write(thrown, writer, out);
    }
  }

  private void begin(byte status, long start) {
    out.clear();
    out.writeByte(status);
    out.writeLong(System.nanoTime() - start);
  }
}
