package dev.multijvm.multiprocessing.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.Pipe;
import java.io.EOFException;
import java.io.IOException;

/// What children do with ends of pipes. Public, as what serializable lambdas call has to be.
public final class PipeWork {
  private PipeWork() {}

  /// Sends objects back to where they came from until one is `bye`; takes bytes without a word.
  public static void echo(Connection connection) throws IOException {
    while (true) {
      try {
        var message = connection.receive();
        if ("bye".equals(message)) {
          return;
        }
        connection.send(message);
      } catch (IllegalStateException bytes) {
        connection.receiveBytes();
      }
    }
  }

  /// Makes a pipe with a child of its own and reports when it works.
  public static void makePipeForAChild(Connection report) throws Exception {
    try (var pipe = Pipe.open()) {
      var there = pipe.second();
      try (var child = Child.start(() -> PipeWork.echo(there))) {
        pipe.first().send("are you there?");
        assertThat(pipe.first().receive()).isEqualTo("are you there?");
        report.send("ready");
        child.awaitSuccess();
      }
    }
  }

  /// Lends an end of a pipe and passes on what comes through it, until it is closed.
  public static void lendAndReport(Connection report) throws IOException {
    try (var pipe = Pipe.open()) {
      report.send(pipe.second());
      while (true) {
        report.send(pipe.first().receive());
      }
    } catch (EOFException _) {
      // The end was closed.
    }
  }
}
