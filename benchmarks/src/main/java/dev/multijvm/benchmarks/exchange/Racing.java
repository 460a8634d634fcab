package dev.multijvm.benchmarks.exchange;

import dev.multijvm.benchmarks.workload.Workload;

/// Adds 1 to a tally `rounds` times in two steps, as the tutorials do: what another one adds
/// between reading and writing is lost.
///
/// @param tally which all tasks of a batch share
/// @param rounds how often, at least 1
public record Racing(Tally tally, int rounds) implements Workload {

  public Racing {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be positive: " + rounds);
    }
  }

  @Override
  public String kernel() {
    return "racing";
  }

  @Override
  public int version() {
    return 1;
  }

  /// What the task meant to add.
  @Override
  public long answer() {
    return rounds;
  }

  @Override
  public Long call() {
    for (int i = 0; i < rounds; i++) {
      tally.set(tally.get() + 1);
    }
    return (long) rounds;
  }
}
