package dev.multijvm.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The cases that both sides have and somebody wants compared.
///
/// @param cases in the order of base's listing
/// @param notShared what was left out because only one side has it, a line each
record Selection(List<Case> cases, List<String> notShared) {
  /// Six short cases of this project that feel every part of it.
  private static final Pattern GATE =
      Pattern.compile(
          "counting/warm:mode=(single-thread|thread-pool|process-pool),tasks=2"
              + "|range-sum/warm:mode=(single-thread|thread-pool|process-pool),chunks=16");

  /// Starting a slot costs a second and more, so it measures for another: iterations of one fork
  /// scatter far more than forks do.
  private static final Map<String, List<String>> GATE_SETTINGS =
      Map.of(
          "counting", List.of("-wi", "2", "-i", "5"),
          "range-sum", List.of("-wi", "6", "-i", "15"));

  /// For benchmarks that bring settings for runs of many minutes.
  private static final List<String> SHORT =
      List.of("-wi", "5", "-w", "200ms", "-i", "5", "-r", "100ms");

  Selection {
    cases = List.copyOf(cases);
    notShared = List.copyOf(notShared);
  }

  /// What is wanted where nobody says: of this project's own suites only the gate's six cases, of
  /// others all.
  static boolean isInGate(Case candidate) {
    return !candidate.isOwn() || GATE.matcher(candidate.id()).matches();
  }

  /// JMH's arguments for a case where nobody says: short slots that tell as much as they can.
  static List<String> settings(Case measured) {
    if (!measured.isOwn()) {
      return SHORT;
    }
    return GATE.matcher(measured.id()).matches()
        ? GATE_SETTINGS.getOrDefault(measured.id().split("/", 2)[0], List.of())
        : List.of();
  }

  /// Selects among what both sides list.
  ///
  /// @throws NotValidException if nothing is left, or something that JMH cannot be asked for
  static Selection of(SequencedSet<Case> base, SequencedSet<Case> head, Predicate<Case> wanted) {
    List<Case> shared = base.stream().filter(head::contains).filter(wanted).toList();
    List<String> notShared = new ArrayList<>();
    only(base, head, wanted).forEach(id -> notShared.add("Only in base: " + id));
    only(head, base, wanted).forEach(id -> notShared.add("Only in head: " + id));
    if (shared.isEmpty()) {
      throw new NotValidException(
          "Base and head share no case that is wanted. " + String.join(", ", notShared),
          "Base lists " + examples(base) + "; choose with --include and --exclude.");
    }
    requireNoComma(shared);
    return new Selection(shared, notShared);
  }

  /// JMH takes a value with a comma for several values, and would measure another case.
  private static void requireNoComma(List<Case> cases) {
    List<String> ids =
        cases.stream()
            .filter(it -> it.parameters().values().stream().anyMatch(value -> value.contains(",")))
            .map(Case::id)
            .toList();
    if (!ids.isEmpty()) {
      throw new NotValidException(
          "JMH cannot be asked for a value that holds a comma: " + String.join("; ", ids),
          "Leave it out with --exclude.");
    }
  }

  private static Set<String> only(Set<Case> side, Set<Case> other, Predicate<Case> wanted) {
    Set<String> ids = new TreeSet<>();
    side.stream()
        .filter(candidate -> !other.contains(candidate))
        .filter(wanted)
        .forEach(candidate -> ids.add(candidate.id()));
    return ids;
  }

  private static String examples(SequencedSet<Case> cases) {
    int shown = 3;
    List<String> ids = cases.stream().map(Case::id).limit(shown).toList();
    int more = cases.size() - ids.size();
    return String.join(", ", ids) + (more > 0 ? " and " + more + " more" : "");
  }
}
