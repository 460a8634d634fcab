package dev.multijvm.report.page;

import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The answer as the last lines of a terminal: a sentence for each workload, a table of modes, and
/// where the page is.
public final class Terminal {
  /// A terminal's last lines are read, more are scrolled over.
  private static final int MOST_LINES = 15;

  private static final int MOST_SLOWER = 3;
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Terminal() {}

  /// The lines, of characters the terminal can show.
  ///
  /// @param page path of the HTML page
  /// @param isUnicode whether the terminal shows more than ASCII
  public static List<String> lines(
      Findings findings, Optional<Baseline> baseline, String page, boolean isUnicode) {
    List<String> end = new ArrayList<>();
    findings
        .level()
        .ifPresent(level -> end.add("Intervals of " + level + ", " + findings.rounds() + "."));
    baseline.ifPresent(changes -> end.addAll(changes(changes)));
    end.add("Page: " + page);

    List<Answer> answers = findings.answers();
    int shown = shown(answers.size(), MOST_LINES - end.size());
    List<String> lines = new ArrayList<>();
    answers.stream().limit(shown).map(Terminal::sentence).forEach(lines::add);
    if (shown < answers.size()) {
      lines.add("... and " + (answers.size() - shown) + " more on the page.");
    }
    Table modes = Summary.modes(findings);
    if (!modes.rows().isEmpty()) {
      lines.add("");
      columns(modes).stream().limit(1L + shown).forEach(lines::add);
    }
    lines.addAll(end);
    return isUnicode ? List.copyOf(lines) : lines.stream().map(Terminal::ascii).toList();
  }

  /// How many of `workloads` fit into `room` lines: each takes a sentence and a row; beside them
  /// there are a blank line, the headings, and a line for those that do not fit.
  private static int shown(int workloads, int room) {
    return 2 * workloads + 2 <= room ? workloads : Math.max(1, (room - 3) / 2);
  }

  private static List<String> changes(Baseline baseline) {
    List<String> lines = new ArrayList<>(List.of(Summary.changed(baseline)));
    List<Baseline.Change> slower =
        baseline.changes().stream()
            .filter(change -> change.verdict() == Baseline.Verdict.REGRESSED)
            .sorted(Comparator.comparingDouble(change -> -change.ratio().estimate()))
            .toList();
    slower.stream()
        .limit(MOST_SLOWER)
        .map(change ->
            "  slower: " + change.cell().variant().id() + " " + Wording.ratio(change.ratio()))
        .forEach(lines::add);
    return lines;
  }

  private static String sentence(Answer answer) {
    return answer.workload().heading() + ": " + answer.verdict() + " " + answer.evidence();
  }

  private static List<String> columns(Table table) {
    List<List<String>> all = new ArrayList<>();
    all.add(table.columns());
    all.addAll(table.rows());
    int[] widths = new int[table.columns().size()];
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String blank = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < table.words() ? row.get(i) + blank : blank + row.get(i));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder();
    boolean wasRaised = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = RAISED.indexOf(c);
      if (digit >= 0) {
        ascii.append(wasRaised ? "" : "^").append(digit);
      } else {
        ascii.append(
            switch (c) {
              case '×' -> "x";
              case '÷' -> "/";
              case '−' -> "-";
              case 'µ' -> "u";
              default -> c < 128 ? String.valueOf(c) : "?";
            });
      }
      wasRaised = digit >= 0;
    }
    return ascii.toString();
  }
}
