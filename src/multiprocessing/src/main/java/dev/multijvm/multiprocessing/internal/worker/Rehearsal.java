package dev.multijvm.multiprocessing.internal.worker;

import dev.multijvm.multiprocessing.SerializableCallable;
import dev.multijvm.multiprocessing.SerializableFunction;
import dev.multijvm.multiprocessing.internal.launch.Nesting;
import dev.multijvm.multiprocessing.internal.launch.ParentsPipe;
import dev.multijvm.multiprocessing.internal.ring.Ring;
import dev.multijvm.multiprocessing.internal.ring.RingPair;
import dev.multijvm.multiprocessing.internal.ring.RingWriter;
import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import dev.multijvm.multiprocessing.internal.wire.BootRecord;
import dev.multijvm.multiprocessing.internal.wire.Definition;
import dev.multijvm.multiprocessing.internal.wire.Encoder;
import dev.multijvm.multiprocessing.internal.wire.Message;
import dev.multijvm.multiprocessing.internal.wire.RecordShape;
import dev.multijvm.multiprocessing.internal.wire.ValueWriter;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What a spare worker does before it waits for its boot record: it runs tasks of the library's own
/// through rings of its own, so that by the time the real ones come, all this takes is loaded,
/// linked and compiled.
///
/// No user code runs, and nothing is left but warmth.
final class Rehearsal {
  private static final int ROUNDS = 40;
  private static final int TASKS_PER_ROUND = 25;

  private final BootRecord boot;
  private final Encoder out = new Encoder(512);
  private final ValueWriter writer = new ValueWriter(out, ValueWriter.Lambdas.BY_NUMBER);
  private long sequence;

  private Rehearsal(BootRecord boot) {
    this.boot = boot;
  }

  /// @param directory of the parent, private to this user
  static void run(Path directory) {
    openJars();
    lookForNobody(directory);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        RecordShape.forget(SampleRecord.class);
        new Rehearsal(copied(bootRecord())).play(directory);
      }
    } catch (IOException _) {
      // There is no room for a ring here, so the pool will do without as well.
    }
  }

  /// The class loader opens each jar when it first looks there.
  private static void openJars() {
    var _ = ClassLoader.getSystemResource("META-INF/multijvm.nothing");
  }

  private static void lookForNobody(Path directory) {
    try (var channel =
        SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("nobody")))) {
      throw new IllegalStateException("somebody listens at " + channel.getRemoteAddress());
    } catch (IOException _) {
      // As expected: all that was wanted is that the socket's classes are there.
    }
  }

  private static BootRecord bootRecord() {
    byte[] nothing = {};
    return new BootRecord(
        new byte[Message.TOKEN_SIZE],
        0,
        ProcessHandle.current().pid(),
        Nesting.part(1),
        "",
        "",
        nothing,
        nothing,
        "");
  }

  private static BootRecord copied(BootRecord record) throws IOException {
    return BootRecord.readFrom(new ByteArrayInputStream(record.encoded()));
  }

  /// The pool's part first, the worker's then: all fits the ring, so neither waits.
  private void play(Path directory) throws IOException {
    Path file = directory.resolve("rehearsal-" + ProcessHandle.current().pid());
    Scratch.fill(file, RingPair.FILE_SIZE);
    try (var poolEnd = RingPair.map(file);
        var workerEnd = RingPair.map(file)) {
      Files.delete(file);
      sendTasks(poolEnd.taskWriter());
      var interrupter = new Interrupter(Thread.currentThread());
      var port =
          new RingPort(
              workerEnd,
              ParentsPipe.open(),
              new FileOutputStream(FileDescriptor.out),
              new WorkerLink(interrupter));
      new TaskRunner(boot, port, interrupter).runUntilToldToEnd();
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private void sendTasks(RingWriter tasks) throws IOException {
    int number = 40;
    String text = "text";
    SerializableFunction<Integer, Integer> square = n -> n * n;
    for (int i = 0; i < TASKS_PER_ROUND; i++) {
      call(tasks, () -> number + 2);
      call(tasks, () -> text + number);
      call(tasks, new SampleRecord(number, i, text));
    }
    map(tasks, square, List.of(1, 2, 3));
    offer(tasks, Message.EXIT, 0);
    tasks.publish();
  }

  private void call(RingWriter tasks, SerializableCallable<?> task) throws IOException {
    out.clear();
    out.writeByte(Message.CALL);
    writer.write(task);
    define(tasks);
    offer(tasks, Ring.QUEUED, sequence++);
  }

  private void map(RingWriter tasks, SerializableFunction<?, ?> function, List<?> items)
      throws IOException {
    int functionNumber = 1;
    out.clear();
    writer.write(function);
    define(tasks);
    offer(tasks, Message.FUNCTION, functionNumber);
    out.clear();
    out.writeByte(Message.APPLY);
    out.writeInt(functionNumber);
    out.writeInt(items.size());
    for (var item : items) {
      writer.write(item);
    }
    offer(tasks, Ring.QUEUED, sequence++);
  }

  private void define(RingWriter tasks) {
    for (Definition need : writer.takeNeeds()) {
      tasks.offer(need.kind(), need.number(), need.encoded(), need.encoded().length);
    }
  }

  private void offer(RingWriter tasks, int kind, long messageSequence) {
    tasks.offer(kind, messageSequence, out.array(), out.size());
  }
}
