package dev.multijvm.examples;

import dev.multijvm.multiprocessing.Counter;
import dev.multijvm.multiprocessing.Manager;
import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BinaryOperator;

/// Two processes count words in one map, which a manager keeps in a process of its own.
public final class E24WordsInAManager {
  private E24WordsInAManager() {}

  public static void main(String[] arguments) throws InterruptedException {
    try (var manager = Manager.start()) {
      ConcurrentMap<String, Integer> counts = manager.map();
      List<String> seen = manager.list();
      var words = manager.counter();
      try (var readers = new Children()) {
        for (var line : List.of("a rose is a rose", "is a rose")) {
          readers.start(() -> count(line, counts, seen, words));
        }
        readers.join();
      }
      System.out.println(new TreeMap<>(counts) + " of " + words.get() + " words");
      System.out.println("lines read: " + seen.size());
    }
  }

  /// Reading, adding and writing back is one call here, carried out in the manager's process.
  public static void count(
      String line, ConcurrentMap<String, Integer> counts, List<String> seen, Counter words) {
    for (var word : line.split(" ", -1)) {
      counts.merge(word, 1, (BinaryOperator<Integer> & Serializable) Integer::sum);
      words.incrementAndGet();
    }
    seen.add(line);
  }
}
