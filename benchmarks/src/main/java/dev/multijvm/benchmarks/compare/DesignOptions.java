package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Looks;
import dev.multijvm.statistics.SequentialDesign;
import picocli.CommandLine.Option;

/// The options that say how carefully the gate compares: the same for a comparison and for the
/// self-test that tells what comparisons are worth.
final class DesignOptions {
  @Option(
      names = "--pairs",
      paramLabel = "N",
      description =
          "At most so many pairs a case, and as many to confirm: 8 to 24 (default: ${DEFAULT-VALUE}).")
  private int mostPairs = Looks.GATE.most();

  @Option(
      names = "--max-foreign",
      paramLabel = "PERCENT",
      description =
          "Measure again if others used more of the CPU meanwhile (default: ${DEFAULT-VALUE}).")
  private double maxForeign = Tolerance.DEFAULT_PERCENT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is left to chance (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  /// The gate's design with as many of its looks as fit into the pairs allowed.
  ///
  /// @throws NotValidException if not even the first does
  SequentialDesign design() {
    SequentialDesign design = SequentialDesign.GATE;
    int least = design.looks().looks().getFirst().pairs();
    if (mostPairs < least) {
      throw new NotValidException(
          "The first look wants " + least + " pairs: " + mostPairs, NotValidException.SEE_HELP);
    }
    return design.withLooks(design.looks().upTo(mostPairs));
  }

  Tolerance tolerance() {
    return new Tolerance(maxForeign);
  }

  long seed() {
    return seed;
  }
}
