package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedLock;
import java.io.IOException;

/// A lock is taken, not given twice, and released; releasing what one does not hold is an error.
public final class E06LockTakenWithoutWaiting {
  private E06LockTakenWithoutWaiting() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (var lock = SharedLock.create()) {
      System.out.println("taken: " + lock.tryLock());
      try (var other = ChildProcess.start(() -> tryToTake(lock))) {
        other.join();
      }
      lock.unlock();
      System.out.println("released");
      try {
        lock.unlock();
      } catch (IllegalMonitorStateException e) {
        System.out.println("not ours to release");
      }
    }
  }

  public static void tryToTake(SharedLock lock) {
    System.out.println("taken by another process: " + lock.tryLock());
  }
}
