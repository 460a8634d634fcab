package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.MultiprocessingException;
import dev.multijvm.multiprocessing.internal.child.ProcessName;
import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Decoder;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.Throwables;
import dev.multijvm.multiprocessing.internal.wire.Unserializable;
import dev.multijvm.multiprocessing.internal.wire.ValueReader;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other on the main thread.
final class TaskRunner {
  /// Where an answer has the run time: after its status.
  private static final int RUN_TIME = 1;

  private final BootRecord boot;
  private final Port port;
  private final Interrupter interrupter;
  private final ValueReader reader;
  private final Encoder out = new Encoder(1024);
  private final ValueWriter writer = new ValueWriter(out, ValueWriter.Lambdas.SERIALIZED);

  TaskRunner(BootRecord boot, Port port, Interrupter interrupter) {
    this.boot = boot;
    this.port = port;
    this.interrupter = interrupter;
    this.reader =
        new ValueReader(
            ClassLoader.getSystemClassLoader(),
            boot.serialFilter().isEmpty()
                ? null
                : ObjectInputFilter.Config.createFilter(boot.serialFilter()));
  }

  void runUntilToldToEnd() {
    long start = System.nanoTime();
    var problem = runHook(boot.initializer());
    if (problem == null) {
      begin(Message.RETURNED, start);
    } else {
      threw(problem, start);
    }
    port.send(Message.READY, 0, out);
    if (problem != null) {
      awaitKill();
    }
    boolean goesOn = true;
    while (goesOn) {
      port.await();
      goesOn = handle(port.kind(), port.sequence());
    }
    var lastProblem = runHook(boot.exitHook());
    if (lastProblem != null) {
      System.err.println("Exception in the exit hook of " + ProcessName.get());
      System.err.print(Throwables.stackTrace(lastProblem));
      WorkerStreams.flush();
    }
  }

  /// The pool kills this worker once it has heard that its initializer failed, of which it would
  /// not hear if this process ended by itself while the message is on its way.
  private static void awaitKill() {
    while (true) {
      var _ = Thread.interrupted();
      LockSupport.park();
    }
  }

  private boolean handle(int kind, long sequence) {
    boolean answered = false;
    switch (kind) {
      case Ring.QUEUED, Ring.STARTED, Message.TASK -> answered = run(sequence);
      case Ring.WITHDRAWN -> port.start();
      case Message.SHAPE, Message.FUNCTION -> define(kind, (int) sequence);
      case Message.FORGET -> reader.definitions().forgetFunction((int) sequence);
      case Message.EXIT -> {
        return false;
      }
      default -> throw new IllegalStateException("message of kind " + kind);
    }
    if (answered) {
      port.leave();
    } else if (port.leaveUnanswered()) {
      begin(Message.RETURNED, System.nanoTime());
      port.send(Message.ROOM, sequence, out);
    }
    return true;
  }

  private void define(int kind, int number) {
    try {
      reader.define(kind, number, port.body());
    } catch (OutOfMemoryError problem) {
      reader.definitions().refuse(kind, number, problem);
    }
  }

  /// Returns false if the task was withdrawn.
  private boolean run(long sequence) {
    interrupter.enter(sequence);
    boolean started = port.start();
    if (started) {
      perform();
    }
    interrupter.leave(sequence);
    if (started) {
      WorkerStreams.flush();
      port.send(Message.RESULT, sequence, out);
      out.clear(); // A large one must not stay beside what the next task needs.
    }
    return started;
  }

  /// Runs the current task and leaves its result, or whatever it throws, in `out`.
  private void perform() {
    long start = System.nanoTime();
    try {
      var body = port.body();
      if (body.readByte() == Message.CALL) {
        var result = call(body);
        begin(Message.RETURNED, start);
        write(result);
      } else {
        apply(body, start);
      }
    } catch (Throwable thrown) {
      threw(thrown, start);
    }
  }

  private @Nullable Object call(Decoder body) throws Exception {
    var task = reader.read(body);
    if (task instanceof Callable<?> callable) {
      return callable.call();
    }
    if (task instanceof Runnable runnable) {
      runnable.run();
      return null;
    }
    throw new IOException("the task is neither Callable nor Runnable");
  }

  @SuppressWarnings("unchecked") // the pool sends functions only
  private void apply(Decoder body, long start) throws Exception {
    var definitions = reader.definitions();
    var function =
        (Function<@Nullable Object, @Nullable Object>) definitions.function(body.readInt());
    // What the items cost is asked, so not what it took to read the function.
    long itemsStart = start + definitions.takeReadingNanos();
    if (function == null) {
      throw new IOException("the function is null");
    }
    int count = body.readInt();
    if (count == 1) {
      var result = function.apply(reader.read(body));
      begin(Message.RETURNED, itemsStart);
      write(result);
      return;
    }
    // Each is written before the next item: the function may change what it returned.
    begin(Message.RETURNED, itemsStart);
    for (int i = 0; i < count; i++) {
      write(function.apply(reader.read(body)));
    }
    out.setLong(RUN_TIME, System.nanoTime() - itemsStart);
  }

  private void write(@Nullable Object result) {
    try {
      writer.write(result);
    } catch (IOException | RuntimeException problem) {
      String type = result == null ? "null" : result.getClass().getName();
      String reason =
          switch (problem) {
            case NotSerializableException unserializable ->
                Unserializable.explainResult(result, unserializable);
            case IOException _ -> problem.getMessage();
            default -> Throwables.description(problem);
          };
      throw new MultiprocessingException(
          "the result, a " + type + ", cannot be sent back: " + reason, problem);
    }
  }

  private void begin(byte status, long start) {
    out.clear();
    out.writeByte(status);
    out.writeLong(System.nanoTime() - start);
  }

  private void threw(Throwable thrown, long start) {
    begin(thrown instanceof OutOfMemoryError ? Message.THREW_EXHAUSTED : Message.THREW, start);
    Throwables.write(thrown, writer, out);
  }

  /// Returns what it threw, if it did.
  private @Nullable Throwable runHook(byte[] encoded) {
    // What interrupted the last task was not meant for the hook.
    var _ = Thread.interrupted();
    try {
      if (encoded.length > 0 && reader.read(new Decoder(encoded)) instanceof Runnable hook) {
        hook.run();
      }
      return null;
    } catch (Throwable thrown) {
      return thrown;
    } finally {
      WorkerStreams.flush();
    }
  }
}
