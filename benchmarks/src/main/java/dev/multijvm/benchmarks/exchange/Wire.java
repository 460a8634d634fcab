package dev.multijvm.benchmarks.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/// A line that is to be laid between here and a task.
///
/// @param there the end that travels with the task
/// @param here the end that stays, to be connected when the task is on its way
/// @param parts what is closed with it
public record Wire(Plug there, Plug here, List<Closeable> parts) implements Closeable {

  public Wire {
    parts = List.copyOf(parts);
  }

  @Override
  public void close() throws IOException {
    for (var part : parts) {
      part.close();
    }
  }
}
