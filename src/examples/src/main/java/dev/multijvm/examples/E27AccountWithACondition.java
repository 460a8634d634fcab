package dev.multijvm.examples;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.multijvm.multiprocessing.SharedLock;
import dev.multijvm.multiprocessing.SharedLong;
import java.io.IOException;
import java.util.concurrent.locks.Condition;

/// One process waits until there is enough in an account, another pays in, one by one.
public final class E27AccountWithACondition {
  private E27AccountWithACondition() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (var lock = SharedLock.create();
        var balance = SharedLong.create(0);
        var children = new Children()) {
      var paidIn = lock.newCondition();
      children.start(() -> draw(lock, paidIn, balance, 3));
      children.start(() -> payIn(lock, paidIn, balance, 4));
      children.join();
      System.out.println("left: " + balance.get());
    }
  }

  /// Whoever is to pay in may have died: it does not wait for ever.
  public static void draw(SharedLock lock, Condition paidIn, SharedLong balance, long amount) {
    lock.lock();
    try {
      while (balance.get() < amount) {
        if (!paidIn.await(30, SECONDS)) {
          throw new IllegalStateException("nobody pays in");
        }
      }
      balance.addAndGet(-amount);
      System.out.println("drawn: " + amount);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
  }

  public static void payIn(SharedLock lock, Condition paidIn, SharedLong balance, int times) {
    for (var i = 0; i < times; i++) {
      lock.lock();
      try {
        balance.incrementAndGet();
        paidIn.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
