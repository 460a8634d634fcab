package dev.multijvm.benchmarks.exchange;

import java.io.IOException;
import java.io.Serializable;

/// What a task gets to have an end of a line where it runs.
public interface Plug extends Serializable {

  /// Connects this end. To be called once, where the end is used.
  Line line() throws IOException;
}
