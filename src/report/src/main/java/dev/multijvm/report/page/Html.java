package dev.multijvm.report.page;

import dev.multijvm.report.chart.Fonts;
import dev.multijvm.report.chart.Ink;
import dev.multijvm.report.chart.Theme;
import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Answer;
import dev.multijvm.report.finding.Baseline;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.run.Run;
import dev.multijvm.report.run.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The report as one page that loads nothing: typeface, styles and drawings are in it.
///
/// Each chart is there twice, drawn for a desk and for a telephone; the style sheet shows one of
/// them. Colours are those of light paper, and where the reader prefers dark, the style sheet
/// replaces them one by one.
public final class Html {
  private Html() {}

  /// The whole of `report.html`.
  public static String of(Findings findings, Optional<Baseline> baseline, List<Figure> figures) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Threads or processes? multijvm, %s</title>
    <style>
    %s
    %s
    %s</style>
    </head>
    <body>
    <a class="skip" href="#charts">To the charts</a>
    <header>
    <h1>Threads or processes?</h1>
    %s</header>
    <main>
    <section aria-label="The answer">
    %s%s</section>
    %s<nav aria-label="Charts" id="charts">
    <ul>
    %s</ul>
    </nav>
    %s%s</main>
    <footer>
    <p>multijvm: the same work under one thread, thread pools and processes, in JMH, interleaved. This page loads nothing from anywhere.</p>
    </footer>
    </body>
    </html>
    """
        .formatted(
            escape(findings.run().plan().started()),
            Fonts.css(),
            colors(),
            resource("report.css"),
            troubles(findings.run()),
            answers(findings),
            table("All workloads at a glance", Summary.modes(findings)),
            baseline.map(Html::changes).orElse(""),
            each(figures, Html::link),
            each(figures, Html::figure),
            basis(findings.run()));
  }

  /// `text` as HTML, in an element or a quoted attribute: the one place where this is done.
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// Both themes as custom properties, and the drawings' colours tied to them.
  private static String colors() {
    return ":root{color-scheme:light dark;"
        + each(Arrays.asList(Ink.values()), ink -> property(ink) + ":" + Theme.LIGHT.hex(ink) + ";")
        + "}\n@media screen and (prefers-color-scheme:dark){:root{"
        + each(Arrays.asList(Ink.values()), ink -> property(ink) + ":" + Theme.DARK.hex(ink) + ";")
        + "}}\n"
        + each(
            Arrays.asList(Ink.values()),
            ink ->
                "svg [fill=\"%1$s\"]{fill:var(%2$s)}svg [stroke=\"%1$s\"]{stroke:var(%2$s)}\n"
                    .formatted(Theme.LIGHT.hex(ink), property(ink)));
  }

  private static String property(Ink ink) {
    return "--" + ink.name().toLowerCase(Locale.ROOT);
  }

  private static String troubles(Run run) {
    if (run.isValid()) {
      return "";
    }
    return """
    <div class="invalid" role="alert">
    <p><strong>This run is not valid.</strong> What follows is made of what could be read.</p>
    <ul>
    %s</ul>
    </div>
    """
        .formatted(each(run.troubles(), Html::trouble));
  }

  private static String trouble(Trouble trouble) {
    return "<li><code>%s</code>: %s</li>\n"
        .formatted(escape(trouble.place()), escape(trouble.reason()));
  }

  private static String answers(Findings findings) {
    return """
    %s<p class="basis">%s</p>
    """
        .formatted(each(findings.answers(), Html::answer), escape(Summary.basis(findings)));
  }

  private static String answer(Answer answer) {
    return """
    <p class="answer"><strong>%s: %s</strong> %s</p>
    """
        .formatted(
            escape(answer.workload().title()), escape(answer.verdict()), escape(answer.details()));
  }

  private static String changes(Baseline baseline) {
    return """
    <section>
    <h2>What has changed?</h2>
    <p>%s</p>
    %s</section>
    """
        .formatted(
            escape(Summary.changed(baseline)),
            table("What has changed?", Summary.changes(baseline)));
  }

  private static String link(Figure figure) {
    return "<li><a href=\"#%s\">%s</a></li>\n"
        .formatted(figure.name(), escape(figure.chart().title()));
  }

  private static String figure(Figure figure) {
    return """
    <section id="%s">
    <h2 class="unseen">%s</h2>
    <figure>
    <div class="wide">%s</div>
    <div class="narrow">%s</div>
    </figure>
    %s<p class="again">Again: <code>%s</code></p>
    </section>
    """
        .formatted(
            figure.name(),
            escape(figure.chart().title()),
            figure.wide().inline(),
            figure.narrow().inline(),
            table("Numbers: " + figure.chart().title(), figure.table()),
            escape(figure.command()));
  }

  private static String basis(Run run) {
    return section("What it was measured on", Summary.machine(run.environment()), "Unknown.")
        + section("Are the kernels honest?", Summary.honesty(run.honesty()), "Unknown.")
        + section("Slots that are rejected or in doubt", Summary.doubts(run), "None.")
        + section("What was left out", Summary.leftOut(run.plan()), "Nothing.");
  }

  private static String section(String heading, Table table, String otherwise) {
    return """
    <section>
    <h2>%s</h2>
    %s</section>
    """
        .formatted(
            escape(heading),
            table.rows().isEmpty() ? "<p>" + otherwise + "</p>\n" : table(heading, table));
  }

  /// A table that scrolls by itself where the page is too narrow for it, by keyboard as well.
  private static String table(String name, Table table) {
    if (table.rows().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (List<String> row : table.rows()) {
      rows.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String start =
            i == 0 ? "<th scope=\"row\">" : i < table.words() ? "<td>" : "<td class=\"n\">";
        rows.append(start).append(escape(row.get(i))).append(i == 0 ? "</th>" : "</td>");
      }
      rows.append("</tr>\n");
    }
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < table.columns().size(); i++) {
      head.append(i < table.words() ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"n\">")
          .append(escape(table.columns().get(i)))
          .append("</th>");
    }
    return """
    <div class="table" role="region" aria-label="%s" tabindex="0">
    <table>
    <thead><tr>%s</tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </div>
    """
        .formatted(escape(name), head, rows);
  }

  private static <T> String each(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining());
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
