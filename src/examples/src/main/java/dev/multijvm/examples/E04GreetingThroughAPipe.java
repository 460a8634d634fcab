package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.Connection;
import dev.multijvm.multiprocessing.Pipe;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A child sends a greeting through a pipe; the parent receives and prints it.
public final class E04GreetingThroughAPipe {
  private E04GreetingThroughAPipe() {}

  public static void main(String[] arguments) throws IOException {
    try (var pipe = Pipe.oneWay()) {
      var sender = pipe.second();
      try (var child = ChildProcess.start(() -> greet(sender))) {
        System.out.println(pipe.first().receive() + " " + child.name());
      }
    }
  }

  public static void greet(Connection sender) {
    try (sender) {
      sender.send("hello from");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
