package dev.multijvm.examples;

import dev.multijvm.multiprocessing.SharedBarrier;
import dev.multijvm.multiprocessing.SharedLong;
import dev.multijvm.multiprocessing.SharedLongArray;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

/// Two processes add to one number, and to each element of an array.
///
/// The tutorial reads, adds and writes back a thousand times, and gets 2000 because the first
/// process is done before the second begins. What the other adds between reading and writing is
/// lost. Here both begin at once and add often enough for that to happen; one atomic verb mends it.
public final class E17SharedValueAndArray {
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private E17SharedValueAndArray() {}

  /// Runs the program.
  ///
  /// @param arguments how often each process adds one, if not 100,000 times
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var times = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
    try (var racy = SharedLong.create(0);
        var atomic = SharedLong.create(0);
        var array = SharedLongArray.of(0, 1, 2, 3, 4);
        var start = SharedBarrier.create(2)) {
      try (var children = new Children()) {
        for (var i = 0; i < 2; i++) {
          children.start(() -> {
            meet(start);
            addWithARace(racy, times);
            addAtomically(atomic, times);
            addToEach(array);
          });
        }
        children.join();
      }
      System.out.printf(
          "read, add, write back: %d, lost: %d%n", racy.get(), 2L * times - racy.get());
      System.out.println("add atomically: " + atomic.get());
      System.out.println(Arrays.toString(array.toArray()));
    }
  }

  /// Waits for the other process, which may have died: not for ever.
  public static void meet(SharedBarrier start) {
    try {
      start.await(LONGEST_START);
    } catch (BrokenBarrierException | TimeoutException | InterruptedException e) {
      throw new IllegalStateException("the other process did not come", e);
    }
  }

  public static void addWithARace(SharedLong value, int times) {
    for (var i = 0; i < times; i++) {
      value.set(value.get() + 1);
    }
  }

  public static void addAtomically(SharedLong value, int times) {
    for (var i = 0; i < times; i++) {
      value.incrementAndGet();
    }
  }

  public static void addToEach(SharedLongArray array) {
    for (var i = 0; i < array.length(); i++) {
      array.getAndAdd(i, 1);
    }
  }
}
