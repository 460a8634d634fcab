package dev.multijvm.benchmarks.exchange;

import dev.multijvm.multiprocessing.Connection;

/// An end of a pipe, which travels.
public record ConnectionPlug(Connection connection) implements Plug {

  @Override
  public Line line() {
    return new ConnectionLine(connection);
  }
}
