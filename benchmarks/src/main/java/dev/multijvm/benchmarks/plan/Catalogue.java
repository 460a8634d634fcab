package dev.multijvm.benchmarks.plan;

import static dev.multijvm.benchmarks.plan.Variant.Role.ceiling;
import static dev.multijvm.benchmarks.plan.Variant.Role.control;
import static dev.multijvm.benchmarks.plan.Variant.Role.exhibit;
import static dev.multijvm.benchmarks.plan.Variant.Role.ruler;
import static dev.multijvm.benchmarks.plan.Variant.Role.workload;
import static dev.multijvm.benchmarks.plan.Variant.Temperature.cold;
import static dev.multijvm.benchmarks.plan.Variant.Temperature.warm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Everything that can be measured. The order is that of the report; the priorities are the order
/// in which points are left out when the time is short, the highest first:
///
/// | priority | point |
/// |---:|---|
/// | 0 | ruler and ceiling, counting (warm) |
/// | 1 | ten sleeps (warm) |
/// | 2 | range sum in 2 chunks |
/// | 3 | range sum in 256 chunks |
/// | 4 | counting (cold) |
/// | 5 | 1 to 1000 in 3 chunks |
/// | 6 | range sum in 1 chunk |
/// | 7 | ten sleeps (cold) |
/// | 8 | range sum in 16 chunks |
/// | 9 | counting in as many tasks as workers |
/// | 10 to 19 | the same suites, what only the effort `full` measures |
/// | 20 to 29 | the parts of the library |
/// | 30 | Python's programs |
/// | 31 | handing over to and starting the pools that the card does not ask about |
/// | 40 and more | what explains why one side wins |
///
/// From 20 on points are extras: the others have all their rounds first.
public final class Catalogue {
  static final int FIRST_EXTRA = 20;

  /// Sleeping tasks get a worker each, up to so many.
  private static final int MOST_SLEEPERS = 10;

  private final List<Point> points;

  Catalogue(List<Point> points) {
    this.points = List.copyOf(points);
  }

  List<Point> points() {
    return points;
  }

  /// All points for pools of `workers` workers.
  public static Catalogue of(int workers) {
    List<Point> points = new ArrayList<>();
    addCounting(workers, points);
    addScaling(workers, points);
    addRangeSum(workers, points);
    addSleep(points);
    addDispatch(workers, points);
    addStartup(points);
    addChecks(workers, points);
    addPython(workers, points);
    points.addAll(LibraryPoints.of(workers));
    points.addAll(FurtherPoints.of(workers));
    return new Catalogue(points);
  }

  private static void addCounting(int workers, List<Point> points) {
    points.add(counting("warm", 2, Modes.ALWAYS, workers, 0, 1.9));
    points.add(counting("cold", 2, Modes.USUALLY, workers, 4, 0.8));
    if (workers != 2) {
      points.add(counting("warm", workers, Modes.USUALLY, workers, 9, 4));
      points.add(counting("cold", workers, Modes.RARELY, workers, 10, 1.2));
    }
    points.add(counting("folded", 2, Modes.RARELY, workers, 15, 1.7));
  }

  /// The same work on 1, 2, 4 ... workers, up to twice as many as usual; one thread once.
  private static void addScaling(int workers, List<Point> points) {
    int most = 2 * Integer.highestOneBit(workers);
    for (int count = 1; count <= most; count *= 2) {
      points.add(
          new Point(
              "counting",
              "scaling",
              Map.of("tasks", Integer.toString(most), "workers", Integer.toString(count)),
              count == 1
                  ? Modes.full(Modes.SINGLE, Modes.THREADS, Modes.PROCESSES)
                  : Modes.full(Modes.THREADS, Modes.PROCESSES),
              exhibit,
              warm,
              count,
              "ms",
              "Counting to 5 x 10^7, "
                  + times(most)
                  + ", on "
                  + count
                  + (count == 1 ? " worker" : " workers"),
              10,
              2.2));
    }
  }

  private static Point counting(
      String caseName, int tasks, Modes modes, int workers, int priority, double seconds) {
    boolean folded = caseName.equals("folded");
    return new Point(
        "counting",
        caseName,
        Map.of("tasks", Integer.toString(tasks)),
        modes,
        folded ? exhibit : workload,
        caseName.equals("cold") ? cold : warm,
        workers,
        folded ? "us" : "ms",
        "Counting to 10^8 " + times(tasks) + (folded ? ", folded by the compiler" : ""),
        priority,
        seconds);
  }

  private static String times(int count) {
    return switch (count) {
      case 1 -> "once";
      case 2 -> "twice";
      default -> count + " times";
    };
  }

  private static void addRangeSum(int workers, List<Point> points) {
    for (int chunks = 1; chunks <= 256; chunks *= 2) {
      switch (chunks) {
        case 1 -> points.add(rangeSum(chunks, Modes.USUALLY, workers, 6));
        case 2 -> points.add(rangeSum(chunks, Modes.USUALLY, workers, 2));
        case 16 -> points.add(rangeSum(chunks, Modes.USUALLY, workers, 8));
        case 256 -> points.add(rangeSum(chunks, Modes.USUALLY, workers, 3));
        default -> points.add(rangeSum(chunks, Modes.RARELY, workers, 11));
      }
    }
    for (int chunks : new int[] {2, 256}) {
      points.add(
          new Point(
              "range-sum",
              "large",
              Map.of("chunks", Integer.toString(chunks)),
              Modes.full(Modes.ALL),
              workload,
              warm,
              workers,
              "ms",
              "Sum of 1 to 10^9 in " + chunks(chunks),
              14,
              3));
    }
    points.add(smallRangeSum(Modes.ALWAYS, workers, 5));
  }

  private static Point smallRangeSum(Modes modes, int workers, int priority) {
    return new Point(
        "range-sum",
        "small",
        Map.of(),
        modes,
        workload,
        warm,
        workers,
        "us",
        "Sum of 1 to 1000 in 3 chunks",
        priority,
        2.3);
  }

  private static Point rangeSum(int chunks, Modes modes, int workers, int priority) {
    return new Point(
        "range-sum",
        "warm",
        Map.of("chunks", Integer.toString(chunks)),
        modes,
        workload,
        warm,
        workers,
        "ms",
        "Sum of 1 to 2 x 10^8 in " + chunks(chunks),
        priority,
        1.2);
  }

  private static String chunks(int count) {
    return count == 1 ? "1 chunk" : count + " chunks";
  }

  private static void addSleep(List<Point> points) {
    Modes warmModes =
        new Modes(
            List.of(Modes.SINGLE, Modes.THREADS, Modes.PROCESSES),
            List.of(Modes.SINGLE, Modes.THREADS, Modes.VIRTUAL, Modes.PROCESSES),
            Modes.ALL);
    Modes coldModes = new Modes(List.of(), List.of(Modes.THREADS, Modes.PROCESSES), Modes.ALL);
    points.add(sleep("warm", 10, warmModes, 1, 2.4));
    points.add(sleep("cold", 10, coldModes, 7, 1.6));
    points.add(sleep("warm", 2, Modes.RARELY, 12, 1.2));
    points.add(sleep("cold", 2, Modes.RARELY, 12, 1.2));
    points.add(
        new Point(
            "sleep",
            "many",
            Map.of(),
            Modes.full(Modes.ALL),
            workload,
            warm,
            MOST_SLEEPERS,
            "ms",
            "Sleeping 5 ms 200 times",
            13,
            2));
  }

  private static Point sleep(
      String caseName, int tasks, Modes modes, int priority, double seconds) {
    return new Point(
        "sleep",
        caseName,
        Map.of("tasks", Integer.toString(tasks)),
        modes,
        workload,
        caseName.equals("cold") ? cold : warm,
        Math.min(tasks, MOST_SLEEPERS),
        "ms",
        "Sleeping 0.5 s " + times(tasks),
        priority,
        seconds);
  }

  private static void addDispatch(int workers, List<Point> points) {
    points.add(
        new Point(
            "dispatch",
            "one",
            Map.of(),
            Modes.full(Modes.ALL),
            workload,
            warm,
            workers,
            "us",
            "Handing over one task",
            17,
            3.5));
    for (int chunk = 1; chunk <= 10_000; chunk *= 10) {
      points.add(dispatchMany(chunk, Modes.RARELY, workers, 18));
      points.add(dispatchMany(chunk, Modes.OTHERS, workers, 31));
    }
  }

  private static Point dispatchMany(int chunk, Modes modes, int workers, int priority) {
    return new Point(
        "dispatch",
        "many",
        Map.of("chunk", Integer.toString(chunk)),
        modes,
        workload,
        warm,
        workers,
        "us",
        "Squaring 10000 numbers in chunks of " + chunk,
        priority,
        3.5);
  }

  /// Apart from the same points in Java, which must not be left out because Python is slow.
  private static void addPython(int workers, List<Point> points) {
    points.add(counting("cold", 2, Modes.PYTHON, workers, 30, 7));
    points.add(sleep("warm", 10, Modes.PYTHON, 30, 2.4));
    points.add(smallRangeSum(Modes.PYTHON, workers, 30));
  }

  private static void addStartup(List<Point> points) {
    for (int size = 1; size <= 4; size *= 2) {
      points.add(startupPool(size, Modes.RARELY, 19));
      points.add(startupPool(size, Modes.OTHERS, 31));
    }
  }

  private static Point startupPool(int size, Modes modes, int priority) {
    return new Point(
        "startup",
        "pool",
        Map.of("size", Integer.toString(size)),
        modes,
        workload,
        cold,
        size,
        "us",
        "Opening, using and closing a pool of " + size,
        priority,
        3.5);
  }

  private static void addChecks(int workers, List<Point> points) {
    points.add(
        new Point(
            "ruler",
            "alone",
            Map.of(),
            Modes.WITHOUT,
            ruler,
            warm,
            1,
            "ms",
            "The ruler in one JVM",
            0,
            1.3));
    points.add(
        new Point(
            "ruler",
            "together",
            Map.of(),
            Modes.WITHOUT,
            ceiling,
            warm,
            workers,
            "ms",
            "The ruler in " + workers + " JVMs at once",
            0,
            1.8));
    points.add(
        new Point(
            "control",
            "one",
            Map.of(),
            new Modes(List.of(), List.of(), List.of(Modes.SINGLE, Modes.PROCESSES)),
            control,
            warm,
            1,
            "ms",
            "Counting to 10^8 in one worker",
            16,
            2.5));
  }
}
