package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.IOException;

/// One process produces 0 to 4, another consumes them.
///
/// The tutorial's consumer goes on while the queue is not empty, and misses what comes a moment
/// later. Here it takes until it is told that nothing more will come.
public final class E18ProducerAndConsumer {
  static final int END = -1;

  private E18ProducerAndConsumer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (SharedQueue<Integer> queue = SharedQueue.create();
        var producer = ChildProcess.start(() -> produce(queue));
        var consumer = ChildProcess.start(() -> consume(queue))) {
      producer.join();
      consumer.join();
    }
  }

  public static void produce(SharedQueue<Integer> queue) {
    for (var item = 0; item < 5; item++) {
      queue.add(item);
      System.out.println("Produced " + item);
    }
    queue.add(END);
  }

  public static void consume(SharedQueue<Integer> queue) {
    try {
      for (int item = queue.take(); item != END; item = queue.take()) {
        System.out.println("Consumed " + item);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
