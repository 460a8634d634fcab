package dev.multijvm.benchmarks.plan;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import java.util.List;
import java.util.stream.Stream;

/// In which execution modes a point is measured, by effort.
///
/// @param smoke at the least effort; none where it is not measured then
/// @param quick at the usual effort
/// @param full at the greatest effort
record Modes(List<String> smoke, List<String> quick, List<String> full) {
  static final String SINGLE = ExecutionMode.SINGLE_THREAD.id();
  static final String THREADS = ExecutionMode.THREAD_POOL.id();
  static final String VIRTUAL = ExecutionMode.VIRTUAL_THREADS.id();
  static final String FORK_JOIN = ExecutionMode.FORK_JOIN_POOL.id();
  static final String PROCESSES = ExecutionMode.PROCESS_POOL.id();
  static final String PYTHON_SERIAL = ExecutionMode.PYTHON_SERIAL.id();
  static final String PYTHON_THREADS = ExecutionMode.PYTHON_THREADS.id();
  static final String PYTHON_PROCESSES = ExecutionMode.PYTHON_PROCESSES.id();

  /// What a point without a mode is said to run in.
  static final String NONE = "";

  static final List<String> ALL =
      Stream.of(ExecutionMode.values())
          .filter(it -> !it.isPython())
          .map(ExecutionMode::id)
          .toList();

  private static final List<String> MAIN = List.of(SINGLE, THREADS, PROCESSES);

  static final Modes ALWAYS = new Modes(MAIN, MAIN, ALL);
  static final Modes USUALLY = new Modes(List.of(), MAIN, ALL);
  static final Modes RARELY = new Modes(List.of(), List.of(), MAIN);
  static final Modes OTHERS = full(FORK_JOIN, VIRTUAL);
  static final Modes PYTHON = full(PYTHON_SERIAL, PYTHON_THREADS, PYTHON_PROCESSES);
  static final Modes WITHOUT = new Modes(List.of(NONE), List.of(NONE), List.of(NONE));

  /// Only at the greatest effort, in these.
  static Modes full(String... modes) {
    return full(List.of(modes));
  }

  static Modes full(List<String> modes) {
    return new Modes(List.of(), List.of(), modes);
  }

  Modes {
    smoke = List.copyOf(smoke);
    quick = List.copyOf(quick);
    full = List.copyOf(full);
  }

  List<String> at(Effort effort) {
    return switch (effort) {
      case SMOKE -> smoke;
      case QUICK -> quick;
      case FULL -> full;
    };
  }
}
