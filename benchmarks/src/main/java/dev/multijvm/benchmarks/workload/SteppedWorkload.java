package dev.multijvm.benchmarks.workload;

/// A workload that repeats one step, so that its time per step can be judged.
public interface SteppedWorkload extends Workload {

  /// Returns how often the step is repeated.
  long steps();

  /// Returns the same workload with another number of steps.
  SteppedWorkload withSteps(long steps);

  /// Returns the cycles under which a step cannot have been executed: less means that the compiler
  /// found a way around the loop. It lies well under the latency of the chain of instructions that
  /// a step is, because some processors do in one instruction what others do in two.
  double floorCycles();

  @Override
  Long call();
}
