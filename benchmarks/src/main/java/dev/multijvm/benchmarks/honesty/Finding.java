package dev.multijvm.benchmarks.honesty;

import java.util.List;

/// What the gates saw of one kernel.
///
/// @param kernel the name of the code
/// @param version its version
/// @param answerOk whether it computed what it must
/// @param nanosPerStep the shortest time of a step
/// @param cyclesPerStep the same in cycles of the ruler
/// @param floorCycles the cycles under which a step cannot have been executed
/// @param linearity by how much the time grew when the steps were doubled, and doubled again
/// @param faults what speaks against the kernel, each in words; empty if it is honest
public record Finding(
    String kernel,
    int version,
    boolean answerOk,
    double nanosPerStep,
    double cyclesPerStep,
    double floorCycles,
    List<Double> linearity,
    List<String> faults) {

  public Finding {
    linearity = List.copyOf(linearity);
    faults = List.copyOf(faults);
  }

  /// Returns whether the kernel's times can be believed.
  public boolean honest() {
    return faults.isEmpty();
  }

  /// Returns `honest`, or the name of the kernel and what was seen.
  public String verdict() {
    return honest() ? "honest" : kernel + "/" + version + ": " + String.join("; ", faults);
  }
}
