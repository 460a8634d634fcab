package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.IOException;

/// A child puts the even numbers of 0 to 9 into a queue without a bound; the parent takes them out.
///
/// The tutorial asks the queue whether there is more, and its loop never ends. Here the producer
/// says when it is done.
public final class E05EvenNumbersThroughAQueue {
  static final int END = -1;

  private E05EvenNumbersThroughAQueue() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (SharedQueue<Integer> numbers = SharedQueue.create();
        var _ = ChildProcess.start(() -> putEvenNumbers(numbers))) {
      for (int number = numbers.take(); number != END; number = numbers.take()) {
        System.out.println(number);
      }
    }
  }

  public static void putEvenNumbers(SharedQueue<Integer> numbers) {
    for (var number = 0; number < 10; number += 2) {
      numbers.add(number);
    }
    numbers.add(END);
  }
}
