package dev.multijvm.benchmarks.mode;

import dev.multijvm.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/// Work that has no counterpart as a single task in Java, because it hands tasks over itself.
///
/// @param kernel its name in `bench.py`
/// @param arguments numbers and texts
/// @param answer what it must answer
public record PythonWork(String kernel, List<Object> arguments, long answer) implements Workload {

  public PythonWork {
    arguments = List.copyOf(arguments);
  }

  @Override
  public int version() {
    return 1;
  }

  List<Object> line() {
    List<Object> line = new ArrayList<>(List.of(kernel));
    line.addAll(arguments);
    return line;
  }

  /// @throws UnsupportedOperationException always: it runs in Python
  @Override
  public Long call() {
    throw new UnsupportedOperationException(kernel + " runs in Python only");
  }
}
