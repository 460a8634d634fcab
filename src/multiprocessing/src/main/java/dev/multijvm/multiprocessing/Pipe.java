package dev.multijvm.multiprocessing;

import dev.multijvm.multiprocessing.internal.connection.PipeEnds;
import java.io.Closeable;

/// Two connected ends, of which one usually travels to another process, inside a task or a message.
///
/// ```java
/// try (var pipe = Pipe.open();
///     var pool = ProcessPool.open()) {
///   var there = pipe.second();
///   pool.submit(() -> {
///     try (there) {
///       there.send("hello from a worker");
///     }
///     return null;
///   });
///   System.out.println(pipe.first().receive());
/// }
/// ```
///
/// **Whose an end is.** Both ends may be handed to any number of processes. An end belongs to the
/// first process that uses it: there it is one object, however many copies arrive, for all threads;
/// to others it says by [IllegalStateException] which process has it. An end that is in use can
/// travel no more ([NotSerializableException][java.io.NotSerializableException]).
///
/// Close it there when it is done: it costs a process descriptors until that or its end.
///
/// **When an end is over.** When its process closes it or ends; when all processes it has arrived
/// in have ended or closed it without using it; when the process that made the pipe closes it
/// without having handed it over. Once it was handed over, closing it in the process that made it
/// only gives up that process's own copy. All ends that are away are over when the process that
/// made the pipe ends. If a task that carries an end never starts, nobody can know: its future
/// tells, and [Connection#poll] with a timeout does not wait for ever.
///
/// **Sending** does not wait for the other end to arrive: 64 KiB are kept in the process that made
/// the pipe until the other end is used. If both ends have left that process, it passes their
/// messages on.
///
/// @param first one end; of a [one-way][#oneWay] pipe, the one that receives
/// @param second the other end; of a one-way pipe, the one that sends
public record Pipe(Connection first, Connection second) implements Closeable {

  /// A new pipe of which both ends send and receive.
  public static Pipe open() {
    var ends = PipeEnds.duplex();
    return new Pipe(ends.getFirst(), ends.getLast());
  }

  /// A new pipe of which the first end only receives and the second only sends; the other verbs
  /// throw [UnsupportedOperationException].
  public static Pipe oneWay() {
    var ends = PipeEnds.oneWay();
    return new Pipe(ends.getFirst(), ends.getLast());
  }

  /// Closes this process's copies of both ends.
  @Override
  public void close() {
    try (first;
        second) {
      // Both are closed, even if one of them fails to.
    }
  }
}
