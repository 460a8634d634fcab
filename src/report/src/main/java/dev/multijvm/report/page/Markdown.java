package dev.multijvm.report.page;

import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The report as Markdown, for a page on GitHub and for the summary of a CI job.
public final class Markdown {
  private final StringBuilder text = new StringBuilder();

  private Markdown() {}

  /// The whole of `report.md`.
  public static String of(Findings findings, Optional<Baseline> baseline, List<Figure> figures) {
    Markdown page = new Markdown();
    page.answers(findings);
    baseline.ifPresent(page::baseline);
    figures.forEach(page::figure);
    page.basis(findings.run());
    return page.text.toString();
  }

  /// A chart that follows the reader's light or dark, to be pasted anywhere.
  private static String picture(Figure figure) {
    return """
    <picture>
      <source media="(prefers-color-scheme: dark)" srcset="charts/%1$s-dark.png">
      <img alt="%2$s" src="charts/%1$s-light.png" width="800">
    </picture>\
    """
        .formatted(figure.name(), HtmlParts.escape(figure.chart().alternative()));
  }

  private static String table(Table table) {
    StringBuilder rows = new StringBuilder(row(table.columns()));
    rows.append("\n|");
    for (int i = 0; i < table.columns().size(); i++) {
      rows.append(i < table.words() ? "---|" : "--:|");
    }
    table.rows().forEach(row -> rows.append('\n').append(row(row)));
    return rows.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Markdown::escape).collect(Collectors.joining(" | ", "| ", " |"));
  }

  private void answers(Findings findings) {
    paragraph("# Threads or processes?");
    if (!findings.run().isValid()) {
      paragraph("**This run is not valid.** What follows is made of what could be read.");
      paragraph(
          findings.run().troubles().stream().map(Markdown::item).collect(Collectors.joining("\n")));
    }
    for (Answer answer : findings.answers()) {
      paragraph(
          "**%s: %s** %s"
              .formatted(
                  escape(answer.workload().heading()), answer.verdict(), escape(answer.details())));
    }
    paragraph(escape(Summary.basis(findings)));
    Table modes = Summary.modes(findings);
    if (!modes.rows().isEmpty()) {
      paragraph(table(modes));
    }
  }

  private void baseline(Baseline baseline) {
    paragraph("## What has changed?");
    paragraph(escape(Summary.changed(baseline)));
    if (!baseline.changes().isEmpty()) {
      paragraph(table(Summary.changes(baseline)));
    }
  }

  private void figure(Figure figure) {
    paragraph("## " + escape(figure.chart().title()));
    paragraph(picture(figure));
    paragraph(table(figure.table()));
    paragraph("Again: `" + figure.command() + "`");
  }

  private void basis(Run run) {
    section("What it was measured on", Summary.machine(run.environment()), "Unknown.");
    section("Are the kernels honest?", Summary.honesty(run.honesty()), "Unknown.");
    section("Slots that are rejected or in doubt", Summary.doubts(run), "None.");
    section("What was left out", Summary.leftOut(run.plan()), "Nothing.");
  }

  private void section(String heading, Table table, String otherwise) {
    paragraph("## " + heading);
    paragraph(table.rows().isEmpty() ? otherwise : table(table));
  }

  private void paragraph(String lines) {
    text.append(text.isEmpty() ? "" : "\n").append(lines).append('\n');
  }

  private static String item(Trouble trouble) {
    return "- `" + trouble.place().replace('`', '\'') + "`: " + escape(trouble.reason());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([|*_`\\\\])", "\\\\$1")
        .replaceAll("\\s+", " ");
  }
}
