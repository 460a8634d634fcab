package dev.multijvm.benchmarks.workload;

/// Says that a workload did not compute what it must: its time means nothing.
public final class WrongAnswerException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  public WrongAnswerException(String kernel, long expected, long seen) {
    super(kernel + " answered " + seen + " instead of " + expected);
  }
}
