package dev.multijvm.report.history;

import dev.multijvm.report.finding.Mode;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.run.Temperature;
import dev.multijvm.report.run.Variant;
import dev.multijvm.statistics.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The same work in every mode, over the runs of one machine.
///
/// @param id the variants' id without their mode: `counting/warm:tasks=2`
/// @param title of the latest run
/// @param modes what was seen of each, the oldest first
/// @param marks what changed besides, the oldest first
record Work(String id, String title, Map<Mode, List<Seen>> modes, List<Mark> marks) {
  /// A variant in one run.
  record Seen(PastRun.Head run, PastRun.Line line) {}

  /// Something else that changed: from this run on nothing before is a standard.
  ///
  /// @param run the first one after the change
  /// @param breaksLine whether other work was measured, so that no line leads there
  record Mark(PastRun.Head run, String what, boolean breaksLine) {}

  /// The latest run of a mode against those before it, as far back as nothing else changed.
  ///
  /// @param change the latest over the median of the earlier ones
  record Move(Work work, Mode mode, Seen latest, List<Seen> earlier, double change) {}

  /// Everything that runs of one machine measured, in the order of their plans, the latest first.
  static List<Work> of(List<PastRun> runs) {
    Map<String, List<Seen>> byWork = new LinkedHashMap<>();
    for (PastRun run : runs.reversed()) {
      for (PastRun.Line line : run.lines()) {
        byWork
            .computeIfAbsent(id(line.variant()), _ -> new ArrayList<>())
            .addFirst(new Seen(run.head(), line));
      }
    }
    return byWork.entrySet().stream().map(entry -> of(entry.getKey(), entry.getValue())).toList();
  }

  private static Work of(String id, List<Seen> seen) {
    Map<Mode, List<Seen>> modes =
        seen.stream()
            .collect(
                Collectors.groupingBy(
                    s -> Mode.of(s.line.variant().mode()), TreeMap::new, Collectors.toList()));
    PastRun.Line latest = seen.getLast().line;
    String title =
        Wording.pretty(latest.title())
            + (latest.variant().temperature() == Temperature.COLD ? ", cold" : "");
    return new Work(id, title, modes, marks(seen));
  }

  /// One for each mode that was measured since the last mark, and before.
  List<Move> moves() {
    List<Move> moves = new ArrayList<>();
    modes.forEach((mode, seen) -> move(mode, seen).ifPresent(moves::add));
    return moves;
  }

  private Optional<Move> move(Mode mode, List<Seen> seen) {
    List<Seen> like =
        marks.isEmpty()
            ? seen
            : seen.stream()
                .filter(s -> !s.run.started().isBefore(marks.getLast().run.started()))
                .toList();
    if (like.size() < 2) {
      return Optional.empty();
    }
    List<Seen> earlier = like.subList(0, like.size() - 1);
    double median = Samples.of(earlier.stream().map(s -> s.line.toRuler()).toList()).median();
    return Optional.of(
        new Move(this, mode, like.getLast(), earlier, like.getLast().line.toRuler() / median));
  }

  private static List<Mark> marks(List<Seen> seen) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 1; i < seen.size(); i++) {
      Seen before = seen.get(i - 1);
      Seen now = seen.get(i);
      mark(now, "JDK", before.run.jdk(), now.run.jdk(), false).ifPresent(marks::add);
      mark(now, "ruler", before.run.ruler(), now.run.ruler(), true).ifPresent(marks::add);
      mark(now, "kernel", before.line.kernel(), now.line.kernel(), true).ifPresent(marks::add);
    }
    return marks;
  }

  private static Optional<Mark> mark(
      Seen now, String what, String old, String young, boolean breaksLine) {
    return old.equals(young)
        ? Optional.empty()
        : Optional.of(
            new Mark(
                now.run, what + " " + (old.isEmpty() ? young : old + " to " + young), breaksLine));
  }

  private static String id(Variant variant) {
    String parameters =
        variant.parameters().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals("mode"))
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(","));
    return variant.suite()
        + "/"
        + variant.caseName()
        + (parameters.isEmpty() ? "" : ":" + parameters);
  }
}
