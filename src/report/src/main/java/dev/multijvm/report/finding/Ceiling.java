package dev.multijvm.report.finding;

import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.PairedRatio;
import java.util.List;
import java.util.Optional;

/// The speed-up this machine attains at best: the frozen kernel in independent JVMs at once against
/// the kernel alone.
///
/// Turbo clocks, hardware threads, quotas and neighbours take their share from any mode alike; what
/// they leave is this.
///
/// @param workers how many kernels ran at once
/// @param speedUp `workers` where nothing is shared
public record Ceiling(int workers, Estimate speedUp) {
  static Optional<Ceiling> of(List<Cell> cells) {
    Optional<Cell> alone = first(cells, Role.RULER);
    Optional<Cell> together = first(cells, Role.CEILING);
    if (alone.isEmpty() || together.isEmpty()) {
      return Optional.empty();
    }
    int workers = together.get().variant().workers();
    return alone
        .get()
        .ratioTo(together.get())
        .map(PairedRatio::ratio)
        .map(ratio -> new Ceiling(workers, ratio.map(r -> workers * r)));
  }

  private static Optional<Cell> first(List<Cell> cells, Role role) {
    return cells.stream()
        .filter(cell -> cell.variant().role() == role && !cell.isEmpty())
        .findFirst();
  }
}
