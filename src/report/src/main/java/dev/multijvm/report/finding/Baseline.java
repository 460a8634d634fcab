package dev.multijvm.report.finding;

import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.MannWhitney;
import dev.multijvm.statistics.PairedRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/// This run against an older one, each measured by its own frozen ruler, so that a slower machine
/// is not a slower program.
///
/// The runs share no rounds, so their ratios to the ruler are compared as two groups (Mann and
/// Whitney), not as pairs. A difference must be beyond [#MARGIN] with its whole interval: weeks lie
/// between the runs, and a kernel differs between machines by more than by its clock.
///
/// @param run the older run's start
/// @param obstacle why nothing can be compared, as the end of a sentence; empty where something can
/// @param changes one for each variant that both runs measured, in the plan's order
/// @param others how many variants have the same id in both runs but another kernel or number of
///   workers, so that they are not the same work
public record Baseline(String run, String obstacle, List<Change> changes, int others) {
  /// How much slower a variant must be, and how much faster, to be called so.
  public static final double MARGIN = 0.10;

  /// What became of a variant.
  public enum Verdict {
    REGRESSED("regressed"),
    IMPROVED("improved"),
    SAME("same"),
    INCONCLUSIVE("inconclusive");

    private final String key;

    Verdict(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    static Verdict of(Estimate ratio) {
      if (!(ratio instanceof Interval interval)) {
        return INCONCLUSIVE;
      }
      if (interval.low() > 1 + MARGIN) {
        return REGRESSED;
      }
      if (interval.high() < 1 / (1 + MARGIN)) {
        return IMPROVED;
      }
      return interval.isInside(1 / (1 + MARGIN), 1 + MARGIN) ? SAME : INCONCLUSIVE;
    }
  }

  /// One variant, now against then.
  ///
  /// @param ratio above 1: slower now, by the ruler
  public record Change(Cell cell, Estimate ratio, Verdict verdict) {}

  public Baseline {
    changes = List.copyOf(changes);
  }

  public static Baseline of(Findings now, Findings then) {
    Optional<Cell> rulerNow = now.ruler();
    Optional<Cell> rulerThen = then.ruler();
    String started = then.run().plan().started();
    if (rulerNow.isEmpty() || rulerThen.isEmpty()) {
      return new Baseline(started, "one of the two has no ruler", List.of(), 0);
    }
    if (!isSame(now, rulerNow.get(), then, rulerThen.get())) {
      return new Baseline(started, "their rulers differ", List.of(), 0);
    }
    List<Change> changes = new ArrayList<>();
    int others = 0;
    for (Cell cell : now.cells()) {
      Optional<Cell> older =
          then.cells().stream()
              .filter(other -> other.variant().id().equals(cell.variant().id()))
              .findFirst();
      if (cell.variant().role() == Role.WORKLOAD && older.isPresent()) {
        if (isSame(now, cell, then, older.get())) {
          compare(cell, rulerNow.get(), older.get(), rulerThen.get()).ifPresent(changes::add);
        } else {
          others++;
        }
      }
    }
    String obstacle = changes.isEmpty() ? "they have no variant in common" : "";
    return new Baseline(started, obstacle, changes, others);
  }

  /// Whether anything can be compared.
  public boolean isComparable() {
    return obstacle.isEmpty();
  }

  public boolean hasRegressed() {
    return changes.stream().anyMatch(change -> change.verdict == Verdict.REGRESSED);
  }

  /// Whether both did the same work: by the kernel's version and the number of workers.
  private static boolean isSame(Findings now, Cell cell, Findings then, Cell older) {
    return cell.variant().workers() == older.variant().workers()
        && now.run()
            .honesty()
            .kernels(cell.variant())
            .equals(then.run().honesty().kernels(older.variant()));
  }

  private static Optional<Change> compare(Cell now, Cell rulerNow, Cell then, Cell rulerThen) {
    double[] first = toRuler(now, rulerNow);
    double[] second = toRuler(then, rulerThen);
    if (first.length == 0 || second.length == 0) {
      return Optional.empty();
    }
    Estimate ratio = MannWhitney.shift(first, second, PairedRatio.LEVEL).map(Math::exp);
    return Optional.of(new Change(now, ratio, Verdict.of(ratio)));
  }

  /// Logarithms of the ratios to the ruler, round by round.
  private static double[] toRuler(Cell cell, Cell ruler) {
    NavigableMap<Integer, Double> times = cell.times();
    NavigableMap<Integer, Double> yardstick = ruler.times();
    return times.entrySet().stream()
        .filter(time -> yardstick.containsKey(time.getKey()))
        .mapToDouble(time -> Math.log(time.getValue() / yardstick.getOrDefault(time.getKey(), 1.0)))
        .toArray();
  }
}
