package dev.multijvm.benchmarks.plan;

import dev.multijvm.benchmarks.mode.ExecutionMode;
import dev.multijvm.benchmarks.plan.Plan.LeftOut;
import dev.multijvm.benchmarks.plan.Variant.Role;
import dev.multijvm.statistics.Looks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chooses the variants and the number of rounds.
///
/// Where the wanted rounds, or two of the extras, do not fit into the time, whole points are left
/// out, the one with the highest priority number first; where time is left and was asked for, there
/// are more rounds, up to the last look that fits.
public final class Planner {
  /// Why something is left out for which there is not time enough.
  public static final String NO_TIME = "time";

  /// All execution modes, by the names they have in ids.
  public static final List<String> MODES =
      Stream.of(ExecutionMode.values()).map(ExecutionMode::id).toList();

  private static final List<Integer> LOOKS =
      Looks.RUN.looks().stream().map(Looks.Look::pairs).toList();

  /// So many rounds of the extras must fit, or some are left out.
  private static final int FEWEST_EXTRA_ROUNDS = 2;

  private final Catalogue catalogue;

  public Planner(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// What somebody asked for.
  ///
  /// @param time that measuring may take; `null` for the effort's own
  /// @param include which ids, by a regular expression that is found in them; `null` for all
  /// @param modes to measure in; empty for the effort's own
  public record Wish(
      Effort effort,
      @Nullable Duration time,
      @Nullable Pattern include,
      List<String> modes,
      int workers,
      long seed) {
    public Wish {
      modes = List.copyOf(modes);
    }

    private Duration timeOrDefault() {
      return time == null ? effort.time() : time;
    }
  }

  /// Makes the plan. It has no workload if the wish fits none: see [#matchesAtAnyEffort].
  ///
  /// @param unsound suites that must not be measured
  public Plan plan(Wish wish, Set<String> unsound, Instant started) {
    List<LeftOut> leftOut = new ArrayList<>();
    List<Candidate> chosen = new ArrayList<>();
    for (Point point : catalogue.points()) {
      for (String mode : point.modes().at(Effort.FULL)) {
        Candidate candidate = new Candidate(point, mode);
        reasonAgainst(candidate, wish, unsound)
            .ifPresentOrElse(
                reason -> leftOut.add(new LeftOut(candidate.variant().id(), reason)),
                () -> chosen.add(candidate));
      }
    }
    boolean everythingFits = !dropWhatDoesNotFit(chosen, wish, leftOut);
    return new Plan(
        Plan.FORMAT,
        started,
        wish.effort.id(),
        wish.seed,
        wish.workers,
        rounds(chosen, wish, everythingFits),
        LOOKS,
        wish.timeOrDefault().toSeconds(),
        variants(chosen),
        leftOut);
  }

  /// Extras are such only beside something else.
  private static List<Variant> variants(List<Candidate> chosen) {
    boolean onlyExtras = chosen.stream().allMatch(it -> it.point.isExtra() || isScale(it.point));
    return chosen.stream()
        .map(Candidate::variant)
        .map(variant -> onlyExtras ? variant.inEveryRound() : variant)
        .toList();
  }

  private record Candidate(Point point, String mode) {
    Variant variant() {
      return point.in(mode);
    }
  }

  private static Optional<String> reasonAgainst(
      Candidate candidate, Wish wish, Set<String> unsound) {
    Point point = candidate.point;
    List<String> modes = point.modes().at(wish.effort);
    if (unsound.contains(point.suite())) {
      return Optional.of("its kernel is not honest");
    }
    if (isScale(point)) {
      return Optional.empty();
    }
    if (modes.isEmpty() || (wish.modes.isEmpty() && !modes.contains(candidate.mode))) {
      return Optional.of("effort " + wish.effort.id());
    }
    if (!wish.modes.isEmpty() && !wish.modes.contains(candidate.mode)) {
      return Optional.of("modes " + String.join(",", wish.modes));
    }
    if (wish.include != null && !wish.include.matcher(candidate.variant().id()).find()) {
      return Optional.of("include " + wish.include);
    }
    return candidate
        .variant()
        .mode()
        .flatMap(mode -> ExecutionMode.of(mode).missing(point.pythonModule()));
  }

  /// What everything else is set against is measured in every run.
  private static boolean isScale(Point point) {
    return point.role() == Role.ruler || point.role() == Role.ceiling;
  }

  private static boolean dropWhatDoesNotFit(
      List<Candidate> chosen, Wish wish, List<LeftOut> leftOut) {
    double available = wish.timeOrDefault().toSeconds();
    boolean dropped = false;
    while (leastSeconds(chosen, wish.effort) > available) {
      int last = chosen.stream().mapToInt(it -> it.point.priority()).max().orElse(0);
      if (last == 0) {
        break;
      }
      dropped = true;
      chosen.stream()
          .filter(it -> it.point.priority() == last)
          .forEach(it -> leftOut.add(new LeftOut(it.variant().id(), NO_TIME)));
      chosen.removeIf(it -> it.point.priority() == last);
    }
    return dropped;
  }

  private static int rounds(List<Candidate> chosen, Wish wish, boolean everythingFits) {
    int fitting = (int) (wish.timeOrDefault().toSeconds() / Math.max(1, seconds(chosen)));
    int wanted = wish.effort.rounds();
    if (leastSeconds(chosen, wish.effort) > wish.timeOrDefault().toSeconds()) {
      return Math.max(1, fitting);
    }
    if (wish.time == null || !everythingFits || wish.effort == Effort.SMOKE) {
      return wanted;
    }
    return LOOKS.stream()
        .filter(look -> look <= fitting)
        .max(Comparator.naturalOrder())
        .orElse(wanted);
  }

  private static double leastSeconds(List<Candidate> chosen, Effort effort) {
    double extras =
        chosen.stream()
            .filter(it -> it.point.isExtra())
            .mapToDouble(it -> it.point.seconds())
            .sum();
    return effort.rounds() * (seconds(chosen) - extras)
        + Math.min(FEWEST_EXTRA_ROUNDS, effort.rounds()) * extras;
  }

  private static double seconds(List<Candidate> chosen) {
    return chosen.stream().mapToDouble(it -> it.point.seconds()).sum();
  }

  /// How long a slot of each variant takes, as far as one knows before the first.
  public double estimatedSeconds(Variant variant) {
    return catalogue.points().stream()
        .filter(point ->
            point.modes().full().stream()
                .anyMatch(mode -> point.in(mode).id().equals(variant.id())))
        .mapToDouble(Point::seconds)
        .findFirst()
        .orElse(2);
  }

  /// The ids at the greatest effort that the expression is found in.
  public List<String> matchesAtAnyEffort(Pattern include) {
    return catalogue.points().stream()
        .flatMap(point -> point.modes().full().stream().map(point::in))
        .map(Variant::id)
        .filter(id -> include.matcher(id).find())
        .toList();
  }
}
