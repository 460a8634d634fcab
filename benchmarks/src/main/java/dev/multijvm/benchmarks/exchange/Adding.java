package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.SteppedWorkload;

/// Adds 1 to a tally `rounds` times, in one step, so that nothing is lost however many do it.
///
/// @param tally which all tasks of a batch share
/// @param rounds how often, at least 1
public record Adding(Tally tally, int rounds) implements SteppedWorkload {

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

  @Override
  public long steps() {
    return rounds;
  }

  @Override
  public Adding withSteps(long steps) {
    return new Adding(tally, Math.toIntExact(steps));
  }

  /// Reading, adding and writing in one step, each of which needs the one before.
  @Override
  public double floorCycles() {
    return 2.0;
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
