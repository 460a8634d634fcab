package dev.multijvm.report.finding;

import dev.multijvm.report.run.Role;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.MannWhitney;
import dev.multijvm.statistics.PairedRatio;
import dev.multijvm.statistics.WestfallYoung;
import java.util.ArrayList;
import java.util.Arrays;
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
/// Since a regression may fail a build, it must also survive the correction for the number of
/// variants ([WestfallYoung]): in runs that do not differ, any is reported with a probability of at
/// most [#FALSE_ALARMS]. Intervals alone, right in 95.9 % of cases for six rounds against six,
/// would raise two false alarms on average where a hundred variants are slower by just the margin.
/// Improvements fail nothing and are not corrected. Both procedures take rounds for independent and
/// for equally scattered in both runs.
///
/// @param run the older run's start
/// @param obstacle why nothing can be compared, as the end of a sentence; empty where something can
/// @param changes one for each variant that both runs measured, in the plan's order
/// @param others how many variants have the same id in both runs but another kernel or number of
///   workers, so that they are not the same work
public record Baseline(String run, String obstacle, List<Change> changes, int others) {
  /// How much slower a variant must be, and how much faster, to be called so.
  public static final double MARGIN = 0.10;

  /// The probability with which runs that do not differ may be said to have any regression.
  public static final double FALSE_ALARMS = 0.05;

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

    private static Verdict of(Estimate ratio, double adjusted) {
      if (!(ratio instanceof Interval interval)) {
        return INCONCLUSIVE;
      }
      if (interval.low() > 1 + MARGIN) {
        return adjusted <= FALSE_ALARMS ? REGRESSED : INCONCLUSIVE;
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
    List<Groups> common = new ArrayList<>();
    int others = 0;
    for (Cell cell : now.cells()) {
      Optional<Cell> older =
          then.cells().stream()
              .filter(other -> other.variant().id().equals(cell.variant().id()))
              .findFirst();
      if (cell.variant().role() == Role.WORKLOAD && older.isPresent()) {
        if (isSame(now, cell, then, older.get())) {
          double[] first = toRuler(cell, rulerNow.get());
          double[] second = toRuler(older.get(), rulerThen.get());
          common.add(new Groups(cell, first, second));
        } else {
          others++;
        }
      }
    }
    List<Change> changes = changes(common.stream().filter(Groups::areMeasured).toList());
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

  private static List<Change> changes(List<Groups> compared) {
    double[] adjusted =
        WestfallYoung.greater(
            compared.stream().map(Groups::nowLessMargin).toArray(double[][]::new),
            compared.stream().map(Groups::then).toArray(double[][]::new));
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Estimate ratio = compared.get(i).ratio();
      changes.add(new Change(compared.get(i).cell(), ratio, Verdict.of(ratio, adjusted[i])));
    }
    return changes;
  }

  /// Logarithms of the ratios to the ruler, one for each of the ruler's rounds; not a number where
  /// the variant has no valid slot.
  private static double[] toRuler(Cell cell, Cell ruler) {
    NavigableMap<Integer, Double> times = cell.times();
    return ruler.times().entrySet().stream()
        .mapToDouble(
            time -> Math.log(times.getOrDefault(time.getKey(), Double.NaN) / time.getValue()))
        .toArray();
  }

  /// What [#toRuler] says of a variant in both runs.
  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Groups(Cell cell, double[] now, double[] then) {
    boolean areMeasured() {
      return finite(now).length > 0 && finite(then).length > 0;
    }

    double[] nowLessMargin() {
      return Arrays.stream(now).map(logarithm -> logarithm - Math.log1p(MARGIN)).toArray();
    }

    Estimate ratio() {
      return MannWhitney.shift(finite(now), finite(then), PairedRatio.LEVEL).map(Math::exp);
    }

    private static double[] finite(double... logarithms) {
      return Arrays.stream(logarithms).filter(Double::isFinite).toArray();
    }
  }
}
