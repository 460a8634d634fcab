package dev.multijvm.benchmarks.runner;

import dev.multijvm.benchmarks.plan.Plan;
import dev.multijvm.benchmarks.plan.Planner;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.plan.Variant.Role;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Says what a plan holds.
final class Listing {
  private Listing() {}

  /// Refuses a plan that would measure nothing but the ruler.
  ///
  /// @throws UsageException which says what would match
  static void requireWorkload(Plan plan, Planner planner, Planner.Wish wish) {
    Pattern include = wish.include();
    boolean any =
        plan.variants().stream()
            .anyMatch(it -> it.role() != Role.ruler && it.role() != Role.ceiling);
    if (any) {
      return;
    }
    List<String> elsewhere = include == null ? List.of() : planner.matchesAtAnyEffort(include);
    if (include != null && elsewhere.isEmpty()) {
      throw new UsageException(
          "include "
              + include
              + " is found in no variant's id, such as counting/warm:mode=process-pool,tasks=2;"
              + " --list --effort full prints all");
    }
    if (elsewhere.stream()
        .anyMatch(id -> plan.variants().stream().anyMatch(it -> it.id().equals(id)))) {
      return;
    }
    if (plan.leftOut().stream().anyMatch(it -> it.reason().equals(Planner.NO_TIME))) {
      throw new UsageException(
          "nothing can be measured in "
              + Progress.text(plan.time())
              + ", not even the first workload so often that it counts; allow more by --time,"
              + " or choose a lower effort");
    }
    throw new UsageException(
        "nothing is left to measure; with --effort full there would be "
            + String.join(", ", elsewhere));
  }

  /// The plan in a line or two, before it begins.
  static List<String> summary(Plan plan, Planner planner) {
    List<String> lines = new ArrayList<>();
    List<Variant> extras = plan.variants().stream().filter(Variant::extra).toList();
    double extra = seconds(extras, planner);
    double all = seconds(plan.variants(), planner);
    Duration whole =
        Duration.ofSeconds(
            Math.round(Math.min(plan.rounds() * all, plan.time().toMillis() / 1000.0)));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d variants, %d %s of about %s, %d workers, seed %d; done by %s.",
            plan.variants().size() - extras.size(),
            plan.rounds(),
            plan.rounds() == 1 ? "round" : "rounds",
            Progress.text(Duration.ofSeconds(Math.round(all - extra))),
            plan.workers(),
            plan.seed(),
            LocalTime.now(ZoneId.systemDefault())
                .plus(whole)
                .format(DateTimeFormatter.ofPattern("HH:mm"))));
    if (!extras.isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d extras, %s a round, take part in as many rounds as there is time for.",
              extras.size(),
              Progress.text(Duration.ofSeconds(Math.round(extra)))));
    }
    List<String> dropped =
        plan.leftOut().stream()
            .filter(it -> it.reason().equals("time"))
            .map(Plan.LeftOut::id)
            .toList();
    if (!dropped.isEmpty()) {
      lines.add("Left out for want of time: " + String.join(", ", dropped));
    }
    return lines;
  }

  private static double seconds(List<Variant> variants, Planner planner) {
    return variants.stream().mapToDouble(planner::estimatedSeconds).sum();
  }

  /// Every variant with its estimated time, and what is left out and why.
  static List<String> variants(Plan plan, Planner planner) {
    List<String> lines = new ArrayList<>();
    for (Variant variant : plan.variants()) {
      lines.add(
          String.format(
              Locale.ROOT, "%5.1f s  %s", planner.estimatedSeconds(variant), variant.id()));
    }
    plan.leftOut().stream()
        .collect(Collectors.groupingBy(Plan.LeftOut::reason, Collectors.counting()))
        .forEach((reason, count) -> lines.add("      -  " + count + " more left out: " + reason));
    lines.addAll(summary(plan, planner));
    return lines;
  }
}
