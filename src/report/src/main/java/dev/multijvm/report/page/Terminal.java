package dev.multijvm.report.page;

import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The answer as the last lines of a terminal: a sentence for each workload, a table of modes, and
/// where the page is.
public final class Terminal {
  private static final int SENTENCES = 6;
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  private Terminal() {}

  /// The lines, of characters the terminal can show.
  ///
  /// @param page path of the HTML page
  /// @param isUnicode whether the terminal shows more than ASCII
  public static List<String> lines(
      Findings findings, Optional<Baseline> baseline, String page, boolean isUnicode) {
    List<String> lines = new ArrayList<>();
    List<Answer> answers = findings.answers();
    answers.stream().limit(SENTENCES).map(Terminal::sentence).forEach(lines::add);
    if (answers.size() > SENTENCES) {
      lines.add("... and " + (answers.size() - SENTENCES) + " more on the page.");
    }
    Table modes = Summary.modes(findings);
    if (!modes.rows().isEmpty()) {
      lines.add("");
      lines.addAll(columns(modes));
    }
    findings
        .level()
        .ifPresent(level -> lines.add("Intervals of " + level + ", " + findings.rounds() + "."));
    baseline.map(Summary::changed).ifPresent(lines::add);
    baseline.stream()
        .flatMap(b -> b.changes().stream())
        .filter(change -> change.verdict() == Baseline.Verdict.REGRESSED)
        .map(change ->
            "  slower: " + change.cell().variant().id() + " " + Wording.ratio(change.ratio()))
        .forEach(lines::add);
    lines.add("Page: " + page);
    return isUnicode ? List.copyOf(lines) : lines.stream().map(Terminal::ascii).toList();
  }

  private static String sentence(Answer answer) {
    return answer.workload().title() + ": " + answer.verdict() + " " + answer.evidence();
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
