package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;

/// A process greets somebody by name.
public final class E12HelloBob {
  private E12HelloBob() {}

  public static void main(String[] arguments) throws InterruptedException {
    var name = arguments.length == 0 ? "bob" : arguments[0];
    try (var child = ChildProcess.start(() -> System.out.println("hello " + name))) {
      child.join();
    }
  }
}
