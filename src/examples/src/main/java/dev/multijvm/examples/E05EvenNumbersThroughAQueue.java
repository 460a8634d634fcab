package dev.multijvm.examples;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.IOException;

/// A child puts the even numbers of 0 to 9 into a queue without a bound; the parent takes them out.
///
/// The tutorial asks the queue whether there is more, and its loop never ends. Here it ends when
/// the child has, in whatever way, and nothing is left.
public final class E05EvenNumbersThroughAQueue {
  private E05EvenNumbersThroughAQueue() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (SharedQueue<Integer> numbers = SharedQueue.create();
        var producer = ChildProcess.start(() -> putEvenNumbers(numbers))) {
      printAll(numbers, producer);
      producer.join();
      System.out.println(producer.failure().isEmpty() ? "that is all" : "there was to be more");
    }
  }

  public static void putEvenNumbers(SharedQueue<Integer> numbers) {
    for (var number = 0; number < 10; number += 2) {
      numbers.add(number);
    }
  }

  /// Asks whether the producer lives before it looks into the queue: what a dead one has put is
  /// there.
  static void printAll(SharedQueue<Integer> numbers, ChildProcess producer)
      throws InterruptedException {
    var isMoreToCome = true;
    while (isMoreToCome) {
      var isAlive = producer.isAlive();
      var number = numbers.poll(100, MILLISECONDS);
      if (number != null) {
        System.out.println(number);
      }
      isMoreToCome = number != null || isAlive;
    }
  }
}
