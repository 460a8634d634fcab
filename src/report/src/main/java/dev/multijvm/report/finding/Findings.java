package dev.multijvm.report.finding;

import dev.multijvm.report.run.Role;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.Variant;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run's numbers in the order of its questions.
///
/// @param cells one for each variant of the plan, in its order
/// @param workloads what is judged, in the plan's order
/// @param exhibits what is shown without being judged
/// @param ceiling the speed-up the machine allows; empty where it was not measured
/// @param answers one for each workload that was measured
public record Findings(
    Run run,
    List<Cell> cells,
    List<Workload> workloads,
    List<Workload> exhibits,
    Optional<Ceiling> ceiling,
    List<Answer> answers) {
  private static final int VALUES_OF_A_SWEEP = 3;

  public static Findings of(Run run) {
    List<Cell> cells =
        run.plan().variants().stream().map(variant -> Cell.of(variant, run.slots())).toList();
    List<Workload> workloads = workloads(cells, Role.WORKLOAD);
    return new Findings(
        run,
        cells,
        workloads,
        workloads(cells, Role.EXHIBIT),
        Ceiling.of(cells),
        workloads.stream().filter(w -> !w.modes().isEmpty()).map(Answer::of).toList());
  }

  /// `in 6 rounds`, or `in 4 of 6 rounds` where time won.
  public String rounds() {
    int planned = run.plan().rounds();
    int complete = completeRounds();
    return complete == planned
        ? "in " + Wording.count(planned, "round")
        : "in " + complete + " of " + Wording.count(planned, "round");
  }

  /// The frozen kernel, the yardstick between runs; empty where it was not measured.
  public Optional<Cell> ruler() {
    return cells.stream()
        .filter(cell -> cell.variant().role() == Role.RULER && !cell.isEmpty())
        .findFirst();
  }

  /// How many rounds have a valid slot of some variant; a variant may have fewer.
  public int completeRounds() {
    return cells.stream().mapToInt(Cell::rounds).max().orElse(0);
  }

  /// `96.9 %`, the exact level of the intervals, or a range where they differ; empty where there is
  /// none.
  public Optional<String> level() {
    TreeSet<Double> levels =
        Stream.concat(
                cells.stream().filter(cell -> !cell.isEmpty()).map(Cell::millis),
                answers.stream().flatMap(answer -> answer.estimates().stream()))
            .mapMulti((Estimate estimate, Consumer<Double> found) -> {
              if (estimate instanceof Interval interval) {
                found.accept(interval.level());
              }
            })
            .collect(Collectors.toCollection(TreeSet::new));
    return levels.isEmpty() ? Optional.empty() : Optional.of(range(levels.first(), levels.last()));
  }

  /// `3 %`, the foreign CPU time above which slots were rejected, or a range where that was
  /// changed; empty where no slot says.
  public Optional<String> maxForeign() {
    TreeSet<Double> limits =
        run.slots().stream()
            .flatMap(slot -> Stream.ofNullable(slot.maxForeignPercent()))
            .collect(Collectors.toCollection(TreeSet::new));
    return limits.isEmpty()
        ? Optional.empty()
        : Optional.of(range(limits.first() / 100, limits.last() / 100));
  }

  /// `3 %`, `3 to 25 %`.
  private static String range(double least, double greatest) {
    String lowest = Wording.percent(least);
    String highest = Wording.percent(greatest);
    return lowest.equals(highest) ? lowest : lowest.replace(" %", "") + " to " + highest;
  }

  private static List<Workload> workloads(List<Cell> cells, Role role) {
    Map<String, List<Cell>> bySuite =
        cells.stream()
            .filter(cell -> cell.variant().role() == role)
            .collect(
                Collectors.groupingBy(
                    cell -> suite(cell.variant()), LinkedHashMap::new, Collectors.toList()));
    return bySuite.values().stream().flatMap(suite -> split(suite, role).stream()).toList();
  }

  /// The cells of one suite as workloads: first those that sweep a parameter, then each remaining
  /// set of parameters.
  private static List<Workload> split(List<Cell> suite, Role role) {
    Map<String, Workload> workloads = new LinkedHashMap<>();
    String sweep = sweep(suite);
    Map<String, List<Cell>> groups = group(suite, sweep);
    for (Cell cell : suite) {
      String id = id(cell.variant(), Set.of("mode", sweep));
      List<Cell> group = groups.getOrDefault(id, List.of());
      boolean sweeps = values(group, sweep) >= VALUES_OF_A_SWEEP;
      String whole = sweeps ? id : id(cell.variant(), Set.of("mode"));
      if (!workloads.containsKey(whole)) {
        List<Cell> own =
            sweeps
                ? group
                : suite.stream()
                    .filter(other -> id(other.variant(), Set.of("mode")).equals(whole))
                    .toList();
        workloads.put(
            whole, new Workload(whole, Titles.common(own), role, sweeps ? sweep : "", own));
      }
    }
    return List.copyOf(workloads.values());
  }

  /// The parameter with the most numeric values among cells that are equal otherwise; empty where
  /// none has three.
  private static String sweep(List<Cell> suite) {
    Map<String, Integer> most = new TreeMap<>();
    for (Cell cell : suite) {
      for (String name : cell.variant().parameters().keySet()) {
        if (!name.equals("mode") && suite.stream().allMatch(c -> isNumber(c, name))) {
          int values =
              group(suite, name).values().stream().mapToInt(g -> values(g, name)).max().orElse(0);
          most.put(name, values);
        }
      }
    }
    return most.entrySet().stream()
        .filter(entry -> entry.getValue() >= VALUES_OF_A_SWEEP)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static Map<String, List<Cell>> group(Collection<Cell> cells, String without) {
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                cell -> id(cell.variant(), Set.of("mode", without)),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static int values(List<Cell> group, String parameter) {
    return (int)
        group.stream()
            .map(cell -> cell.variant().parameters().getOrDefault(parameter, ""))
            .distinct()
            .count();
  }

  private static boolean isNumber(Cell cell, String parameter) {
    return cell.variant().parameters().getOrDefault(parameter, "").matches("\\d{1,9}");
  }

  /// The suite, and the case where that says more than warm or cold.
  private static String suite(Variant variant) {
    String rest = variant.caseName().replaceAll("(?i)-?(warm|cold)", "");
    return rest.isEmpty() ? variant.suite() : variant.suite() + "/" + rest;
  }

  private static String id(Variant variant, Set<String> without) {
    List<String> parameters = new ArrayList<>();
    variant
        .parameters()
        .forEach((name, value) -> {
          if (!without.contains(name)) {
            parameters.add(name + "=" + value);
          }
        });
    return suite(variant) + (parameters.isEmpty() ? "" : ":" + String.join(",", parameters));
  }
}
