package dev.multijvm.benchmarks.workload;

/// Waits, then computes, like a request that asks a service and works on the answer.
///
/// @param pause what it waits for
/// @param work what it computes
public record Mixed(Sleep pause, CountingLoop work) implements Workload {

  @Override
  public String kernel() {
    return "mixed";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public long answer() {
    return work.answer();
  }

  @Override
  public Long call() throws InterruptedException {
    pause.call();
    return work.call();
  }
}
