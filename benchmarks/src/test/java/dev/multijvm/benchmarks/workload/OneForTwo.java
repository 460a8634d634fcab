package dev.multijvm.benchmarks.workload;

/// A task that answers 1 and should answer 2.
public record OneForTwo() implements Workload {

  @Override
  public String kernel() {
    return "one-for-two";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return 2;
  }

  @Override
  public Long call() {
    return 1L;
  }
}
