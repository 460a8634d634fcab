package dev.multijvm.benchmarks.mode;

import java.util.concurrent.ExecutorService;

/// Opens pools in one Python interpreter, which runs beforehand as the fork does for the modes of
/// Java.
///
/// Cold pools are timed from outside, by the clock that all modes have: opening them is part of it.
/// On a warm one that would add the way between the programs to short tasks, so the clock inside
/// counts.
final class PythonOpener implements Opener {

  private final String pool;
  private final int workers;
  private final PythonInterpreter interpreter = PythonInterpreter.start();

  /// @param pool `serial`, `threads` or `processes`
  PythonOpener(String pool, int workers) {
    this.pool = pool;
    this.workers = workers;
  }

  @Override
  public ExecutorService open() {
    return new PythonExecutor(interpreter, pool, workers, _ -> {}, () -> {});
  }

  @Override
  public ExecutorService openOnly() {
    return new PythonExecutor(interpreter, pool, workers, Readings::tellInner, this::close);
  }

  @Override
  public void close() {
    interpreter.close();
  }
}
