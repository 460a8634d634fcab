package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildFailedException;
import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.ProcessPool;
import java.util.concurrent.ExecutionException;

/// Exceptions cross from process to process and back, and the blocks see to it that no process is
/// left.
///
/// In Python, an exception between `start()` and `join()` leaves a child that nobody waits for.
public final class E22ExceptionsLeaveNoOrphans {
  private E22ExceptionsLeaveNoOrphans() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (var child = ChildProcess.start(() -> divide(1, 0))) {
      child.join();
      System.out.println(
          "the child failed: " + child.failure().map(ChildFailedException::getCause).orElse(null));
    }
    try (var pool = ProcessPool.open(2)) {
      System.out.println("the pool: " + pool.submit(() -> divide(6, 0)).get());
    } catch (ExecutionException e) {
      System.out.println("the pool's task failed: " + e.getCause());
    }
    try (var pool = ProcessPool.open(2)) {
      System.out.println("another: " + pool.submit(() -> divide(6, 2)).get());
      throw new IllegalStateException("we went wrong ourselves");
    } catch (ExecutionException | IllegalStateException e) {
      System.out.println("the parent failed: " + e.getMessage());
    }
    System.out.println("children left: " + ProcessHandle.current().children().count());
  }

  public static int divide(int dividend, int divisor) {
    return dividend / divisor;
  }
}
