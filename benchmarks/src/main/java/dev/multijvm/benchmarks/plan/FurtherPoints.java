package dev.multijvm.benchmarks.plan;

import static dev.multijvm.benchmarks.plan.Modes.FORK_JOIN;
import static dev.multijvm.benchmarks.plan.Modes.PROCESSES;
import static dev.multijvm.benchmarks.plan.Modes.PYTHON_PROCESSES;
import static dev.multijvm.benchmarks.plan.Modes.PYTHON_THREADS;
import static dev.multijvm.benchmarks.plan.Modes.SINGLE;
import static dev.multijvm.benchmarks.plan.Modes.THREADS;
import static dev.multijvm.benchmarks.plan.Modes.VIRTUAL;

import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.benchmarks.plan.Variant.Temperature;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The points that explain why one side wins: sending data, starting and keeping workers, files,
/// heaps, crashes, too many workers. All belong to the effort `full`, and come last.
final class FurtherPoints {
  private static final int FIRST_PRIORITY = 40;
  private static final int MOST_CROWDED = 8;

  /// More workers than these would have nothing to do.
  private static final int PICTURES = 5;

  private static final int LEAST_TO_CRASH = 2;

  private final PointList points = new PointList(FIRST_PRIORITY);
  private final int workers;

  private FurtherPoints(int workers) {
    this.workers = workers;
  }

  static List<Point> of(int workers) {
    FurtherPoints further = new FurtherPoints(workers);
    further.addSending();
    further.addStarting();
    further.addIdling();
    further.addWork();
    further.addOversubscription();
    return further.points.points();
  }

  private void addSending() {
    for (String caseName : List.of("argument", "result")) {
      for (int bytes : List.of(0, 1 << 10, 64 << 10, 1 << 20, 16 << 20, 64 << 20)) {
        add(
            "payload/" + caseName,
            Map.of("bytes", Integer.toString(bytes)),
            Modes.full(THREADS, PROCESSES, PYTHON_PROCESSES),
            Role.workload,
            Temperature.warm,
            1,
            "us",
            (caseName.equals("argument") ? "Sending " : "Getting back ")
                + (bytes < 1 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB"),
            2.3);
      }
    }
    points.endGroup();
  }

  private void addStarting() {
    for (int size : List.of(1, 2)) {
      for (String method : List.of("plain", "cached", "warm")) {
        add(
            "startup/first",
            Map.of("method", method, "size", Integer.toString(size)),
            method.equals("plain")
                ? Modes.full(THREADS, VIRTUAL, PROCESSES, PYTHON_PROCESSES)
                : Modes.full(PROCESSES),
            Role.figure,
            Temperature.cold,
            size,
            "ms",
            "First answers of a pool of " + size + " by start method " + method,
            2.5);
      }
    }
    addStartingOne(
        "plain", Modes.full(THREADS, VIRTUAL, PROCESSES, PYTHON_THREADS, PYTHON_PROCESSES));
    addStartingOne("cached", Modes.full(PROCESSES));
    addStartingOne("warm", Modes.full(PROCESSES));
    points.endGroup();
  }

  private void addStartingOne(String method, Modes modes) {
    add(
        "startup/one",
        Map.of("method", method),
        modes,
        Role.figure,
        Temperature.cold,
        1,
        "us",
        "Starting and joining one that does nothing",
        3.5);
  }

  private void addIdling() {
    Modes modes = Modes.full(SINGLE, THREADS, PROCESSES, PYTHON_PROCESSES);
    for (int size : List.of(1, 2, 4)) {
      Map<String, String> parameters = Map.of("size", Integer.toString(size));
      addIdling("memory", parameters, modes, size, "Memory of a pool of " + size, 1.2);
    }
    addIdling("cpu", Map.of("size", "2"), modes, 2, "CPU time of an idle pool of 2", 9);
    points.endGroup();
  }

  private void addIdling(
      String caseName,
      Map<String, String> parameters,
      Modes modes,
      int size,
      String title,
      double seconds) {
    add(
        "idle/" + caseName,
        parameters,
        modes,
        Role.figure,
        Temperature.warm,
        size,
        "ms",
        title,
        seconds);
  }

  private void addWork() {
    Modes withPython =
        Modes.full(Stream.concat(Modes.ALL.stream(), Modes.PYTHON.full().stream()).toList());
    addWork("file-read/cached", withPython, "Reading 64 files of 1 MiB from the page cache", 2);
    points.add(
        new Point(
            "thumbnail",
            "warm",
            Map.of("width", "6000"),
            withPython,
            Role.workload,
            Temperature.warm,
            Math.min(PICTURES, workers),
            "ms",
            "Thumbnails of five pictures of 24 megapixels",
            points.priority() + 2,
            28));
    addWork("allocation/warm", Modes.full(Modes.ALL), "Allocating small objects in all workers", 4);
    add(
        "recovery/crash",
        Map.of(),
        Modes.full(PROCESSES),
        Role.figure,
        Temperature.warm,
        Math.max(LEAST_TO_CRASH, workers),
        "ms",
        "From a crash until the pool is whole",
        3.5);
    points.endGroup();
  }

  private void addWork(String name, Modes modes, String title, double seconds) {
    add(name, Map.of(), modes, Role.workload, Temperature.warm, workers, "ms", title, seconds);
  }

  /// Modes to which the factor means nothing are measured at its ends: their line is level.
  private void addOversubscription() {
    for (int factor = 1; factor <= MOST_CROWDED; factor *= 2) {
      Modes modes =
          factor == 1 || factor == MOST_CROWDED
              ? Modes.full(Modes.ALL)
              : Modes.full(THREADS, FORK_JOIN, PROCESSES);
      Map<String, String> parameters = Map.of("factor", Integer.toString(factor));
      String crowd = " on " + factor + (factor == 1 ? " worker" : " workers") + " a CPU";
      for (String caseName : List.of("computing", "mixed")) {
        add(
            "oversubscription/" + caseName,
            parameters,
            modes,
            Role.workload,
            Temperature.warm,
            factor * workers,
            "ms",
            caseName.equals("computing")
                ? "32 tasks that compute" + crowd
                : "32 tasks that wait and compute" + crowd,
            2);
      }
    }
    points.endGroup();
  }

  /// One whose operation is one thing.
  private void add(
      String name,
      Map<String, String> parameters,
      Modes modes,
      Role role,
      Temperature temperature,
      int atOnce,
      String unit,
      String title,
      double seconds) {
    points.add(name, parameters, modes, role, temperature, atOnce, unit, title, 1, seconds);
  }
}
