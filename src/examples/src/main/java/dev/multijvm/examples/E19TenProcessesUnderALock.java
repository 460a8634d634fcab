package dev.multijvm.examples;

import dev.multijvm.multiprocessing.SharedLock;
import dev.multijvm.multiprocessing.SharedLong;
import java.io.IOException;
import java.time.Duration;

/// Ten processes each sleep for 0.1 s and add one while they hold a lock, so one after the other.
public final class E19TenProcessesUnderALock {
  private E19TenProcessesUnderALock() {}

  /// Runs the program.
  ///
  /// @param arguments how many milliseconds to sleep, if not 100
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var nap = Duration.ofMillis(arguments.length == 0 ? 100 : Long.parseLong(arguments[0]));
    try (var lock = SharedLock.create();
        var value = SharedLong.create(0)) {
      var stopwatch = Stopwatch.start();
      try (var children = new Children()) {
        for (var i = 0; i < 10; i++) {
          children.start(() -> addSlowly(lock, value, nap));
        }
        children.join();
      }
      System.out.println(value.get() + " after " + stopwatch);
    }
  }

  public static void addSlowly(SharedLock lock, SharedLong value, Duration nap) {
    lock.lock();
    try {
      var before = value.get();
      Pause.of(nap);
      value.set(before + 1);
    } finally {
      lock.unlock();
    }
  }
}
