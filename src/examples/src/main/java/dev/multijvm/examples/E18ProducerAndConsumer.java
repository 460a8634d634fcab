package dev.multijvm.examples;

import dev.multijvm.multiprocessing.ChildProcess;
import dev.multijvm.multiprocessing.SerializableRunnable;
import dev.multijvm.multiprocessing.SharedQueue;
import java.io.IOException;

/// One process produces 0 to 4, another consumes them.
///
/// The tutorial's consumer goes on while the queue is not empty, and misses what comes a moment
/// later. Here it takes until it is told that nothing more will come: by the parent, because the
/// producer may die before it could say so.
public final class E18ProducerAndConsumer {
  static final int END = -1;

  private E18ProducerAndConsumer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (SharedQueue<Integer> queue = SharedQueue.create()) {
      run(queue, () -> produce(queue));
    }
  }

  static void run(SharedQueue<Integer> queue, SerializableRunnable production)
      throws InterruptedException {
    try (var producer = ChildProcess.start(production);
        var consumer = ChildProcess.start(() -> consume(queue))) {
      try {
        producer.join();
      } finally {
        queue.add(END);
      }
      consumer.join();
      producer.failure().ifPresent(failure -> System.out.println("the producer failed"));
    }
  }

  public static void produce(SharedQueue<Integer> queue) {
    for (var item = 0; item < 5; item++) {
      queue.add(item);
      System.out.println("Produced " + item);
    }
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
