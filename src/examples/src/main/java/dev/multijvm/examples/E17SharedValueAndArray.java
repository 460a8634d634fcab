package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedLong;
import dev.multijvm.multiprocessing.SharedLongArray;
import java.io.IOException;
import java.util.Arrays;

/// Two processes add to one number, and to each element of an array.
///
/// The tutorial reads, adds and writes back, and gets 2000 by luck: what the other process adds
/// between reading and writing is lost. Here that is shown and counted, then mended by one atomic
/// verb.
public final class E17SharedValueAndArray {
  private E17SharedValueAndArray() {}

  /// Runs the program.
  ///
  /// @param arguments how often each process adds one, if not 1000 times
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var times = arguments.length == 0 ? 1000 : Integer.parseInt(arguments[0]);
    try (var racy = SharedLong.create(0);
        var atomic = SharedLong.create(0);
        var array = SharedLongArray.of(0, 1, 2, 3, 4)) {
      try (var one = ChildProcess.start(() -> add(racy, atomic, times));
          var other = ChildProcess.start(() -> add(racy, atomic, times))) {
        one.join();
        other.join();
      }
      System.out.printf(
          "read, add, write back: %d, lost: %d%n", racy.get(), 2L * times - racy.get());
      System.out.println("add atomically: " + atomic.get());

      try (var one = ChildProcess.start(() -> addToEach(array));
          var other = ChildProcess.start(() -> addToEach(array))) {
        one.join();
        other.join();
      }
      System.out.println(Arrays.toString(array.toArray()));
    }
  }

  public static void add(SharedLong racy, SharedLong atomic, int times) {
    for (var i = 0; i < times; i++) {
      racy.set(racy.get() + 1);
      atomic.incrementAndGet();
    }
  }

  public static void addToEach(SharedLongArray array) {
    for (var i = 0; i < array.length(); i++) {
      array.getAndAdd(i, 1);
    }
  }
}
