package dev.multijvm.benchmarks.plan;

import static dev.multijvm.benchmarks.plan.Modes.FORK_JOIN;
import static dev.multijvm.benchmarks.plan.Modes.PROCESSES;
import static dev.multijvm.benchmarks.plan.Modes.PYTHON_PROCESSES;
import static dev.multijvm.benchmarks.plan.Modes.PYTHON_THREADS;
import static dev.multijvm.benchmarks.plan.Modes.THREADS;
import static dev.multijvm.benchmarks.plan.Modes.VIRTUAL;

import dev.multijvm.benchmarks.exchange.Conversation;
import dev.multijvm.benchmarks.exchange.LockTurns;
import dev.multijvm.benchmarks.exchange.Way;
import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The points that show what each part of the library can do, beside the JDK's own between threads
/// and Python's. All belong to the effort `full`, and come after what answers the question.
final class LibraryPoints {
  private static final int MANY = 100_000;
  private static final int MILLION = 1_000_000;
  private static final Modes POOLS =
      Modes.full(THREADS, FORK_JOIN, VIRTUAL, PROCESSES, PYTHON_PROCESSES);
  private static final Modes SHARING =
      Modes.full(THREADS, PROCESSES, PYTHON_THREADS, PYTHON_PROCESSES);

  private final PointList points = new PointList(Catalogue.FIRST_EXTRA);
  private final int workers;

  private LibraryPoints(int workers) {
    this.workers = workers;
  }

  static List<Point> of(int workers) {
    LibraryPoints library = new LibraryPoints(workers);
    library.addDispatch();
    library.addTransport();
    library.addQueue();
    library.addLock();
    library.addSharedValue();
    return library.points.points();
  }

  private void addDispatch() {
    addLatency("asleep", "Waiting for one task of a pool that sleeps");
    addLatency("awake", "Waiting for one task after the other");
    addFutures(Modes.full(THREADS, FORK_JOIN, VIRTUAL, PROCESSES), MILLION);
    addFutures(Modes.full(PYTHON_PROCESSES), MILLION / 100);
    addMap("one", Modes.full(PROCESSES), MILLION);
    addMap("one", Modes.full(PYTHON_PROCESSES), MILLION / 50);
    addMap("auto", Modes.full(PROCESSES, PYTHON_PROCESSES), MILLION);
    addMap("arrays", Modes.full(PROCESSES, PYTHON_PROCESSES), MILLION);
    points.endGroup();
  }

  private void addFutures(Modes modes, int items) {
    add("dispatch/futures", Map.of(), modes, workers, "Tasks with a future each", items, 6);
  }

  private void addMap(String chunk, Modes modes, int items) {
    String title = "Squaring numbers by map, " + chunkInWords(chunk);
    add("map/squares", Map.of("chunk", chunk), modes, workers, title, items, 6);
  }

  private static String chunkInWords(String chunk) {
    return switch (chunk) {
      case "one" -> "one a message";
      case "auto" -> "in automatic chunks";
      default -> "in arrays of 1000";
    };
  }

  private void addLatency(String caseName, String title) {
    add("latency/" + caseName, Map.of(), POOLS, workers, "us", title, 1, 3.7);
  }

  private void addTransport() {
    for (int bytes : List.of(64, 4 << 10, 64 << 10, 1 << 20)) {
      for (Way way : Way.values()) {
        addTransport(way, bytes, "queue", Modes.full(THREADS));
        addTransport(way, bytes, "pipe", Modes.full(PROCESSES, PYTHON_PROCESSES));
        addTransport(way, bytes, "unix", Modes.full(PROCESSES));
        addTransport(way, bytes, "tcp", Modes.full(PROCESSES));
        addTransport(way, bytes, "memory", Modes.full(PROCESSES));
      }
    }
    points.endGroup();
  }

  private void addTransport(Way way, int bytes, String transport, Modes modes) {
    int count = Conversation.countOf(way, bytes);
    add(
        way == Way.ROUND_TRIP ? "transport/roundTrip" : "transport/oneWay",
        Map.of("transport", transport, "bytes", Integer.toString(bytes)),
        modes,
        1,
        String.format(
            Locale.ROOT,
            "%d messages of %s %s by %s",
            count,
            inWords(bytes),
            way == Way.ROUND_TRIP ? "there and back" : "one way",
            transport),
        count,
        1.5);
  }

  private static String inWords(int bytes) {
    if (bytes < 1 << 10) {
      return bytes + " B";
    }
    return bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
  }

  private void addQueue() {
    for (String kind : List.of("bounded", "growing")) {
      add(
          "queue/ints",
          Map.of("kind", kind),
          SHARING,
          2,
          "100000 numbers through a " + kind + " queue",
          MANY,
          3);
    }
    points.endGroup();
  }

  private void addLock() {
    add("lock/alone", Map.of(), SHARING, 1, "Taking a free lock 100000 times", MANY, 1.2);
    for (int hold : List.of(0, 1000, 10_000)) {
      int rounds = LockTurns.roundsOf(hold);
      add(
          "lock/together",
          Map.of("hold", Integer.toString(hold)),
          SHARING,
          2,
          "Two taking a lock " + rounds + " times each, to hold it for " + hold + " ns",
          2 * rounds,
          1.7);
    }
    points.endGroup();
  }

  private void addSharedValue() {
    addValue("alone", 1, "Adding 1 to a value 100000 times");
    addValue("together", 2, "Two adding 1 to a value 100000 times each");
    points.add(
        "shared-value/race",
        Map.of(),
        SHARING,
        Role.exhibit,
        Temperature.warm,
        2,
        "ms",
        "Two adding 1 to a value 100000 times each, in two steps",
        2 * MANY,
        1.2);
    points.endGroup();
  }

  private void addValue(String caseName, int tasks, String title) {
    add("shared-value/" + caseName, Map.of(), SHARING, tasks, title, tasks * MANY, 1.7);
  }

  private void add(
      String name,
      Map<String, String> parameters,
      Modes modes,
      int atOnce,
      String title,
      int items,
      double seconds) {
    add(name, parameters, modes, atOnce, "ms", title, items, seconds);
  }

  /// @param name `suite/case`
  /// @param atOnce how many tasks run at once
  private void add(
      String name,
      Map<String, String> parameters,
      Modes modes,
      int atOnce,
      String unit,
      String title,
      int items,
      double seconds) {
    points.add(
        name,
        parameters,
        modes,
        Role.figure,
        Temperature.warm,
        atOnce,
        unit,
        title,
        items,
        seconds);
  }
}
