package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.Workload;

/// Adds 1 to a tally `rounds` times, in one step, so that nothing is lost however many do it.
///
/// @param tally which all tasks of a batch share
/// @param rounds how often, at least 1
public record Adding(Tally tally, int rounds) implements Workload {

  public Adding {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be positive: " + rounds);
    }
  }

  @Override
  public String kernel() {
    return "adding";
  }

  @Override
  public int version() {
    return 1;
  }

  /// By how much the tally grew for this task; whether it did is seen by looking at the tally.
  @Override
  public long answer() {
    return rounds;
  }

  @Override
  public Long call() {
    for (int i = 0; i < rounds; i++) {
      tally.getAndAdd(1);
    }
    return (long) rounds;
  }
}
