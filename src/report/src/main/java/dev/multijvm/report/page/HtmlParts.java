package dev.multijvm.report.page;

import dev.multijvm.report.chart.Fonts;
import dev.multijvm.report.chart.Ink;
import dev.multijvm.report.chart.Theme;
import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.run.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What pages are made of that load nothing: typeface, styles and drawings are in them.
///
/// Each chart is there twice, drawn for a desk and for a telephone; the style sheet shows one of
/// them. Colours are those of light paper, and where the reader prefers dark, the style sheet
/// replaces them one by one.
public final class HtmlParts {
  private HtmlParts() {}

  /// A whole page.
  ///
  /// @param title of the window, as text
  /// @param body what the page shows, as HTML
  public static String page(String title, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>%s</title>
    <style>
    %s
    %s
    %s</style>
    </head>
    <body>
    <a class="skip" href="#charts-1">To the charts</a>
    %s<footer>
    <p>multijvm: the same work under one thread, thread pools and processes, in JMH, interleaved. This page loads nothing from anywhere.</p>
    </footer>
    </body>
    </html>
    """
        .formatted(escape(title), Fonts.css(), colors(), resource("report.css"), body);
  }

  /// `text` as HTML, in an element or a quoted attribute: the one place where this is done.
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// What could not be read; nothing where all could.
  ///
  /// @param whole what is not valid for that: `run`
  public static String troubles(String whole, List<Trouble> troubles) {
    if (troubles.isEmpty()) {
      return "";
    }
    return """
    <div class="invalid" role="alert">
    <p><strong>This %s is not valid.</strong> What follows is made of what could be read.</p>
    <ul>
    %s</ul>
    </div>
    """
        .formatted(whole, each(troubles, HtmlParts::trouble));
  }

  private static String trouble(Trouble trouble) {
    return "<li><code>%s</code>: %s</li>\n"
        .formatted(escape(trouble.place()), escape(trouble.reason()));
  }

  /// The list of charts, each a link.
  ///
  /// @param id unique on the page
  public static String contents(String id, String name, List<Figure> figures) {
    return """
    <nav aria-label="%s" id="%s">
    <ul>
    %s</ul>
    </nav>
    """
        .formatted(escape(name), id, each(figures, HtmlParts::link));
  }

  private static String link(Figure figure) {
    return "<li><a href=\"#%s\">%s</a></li>\n"
        .formatted(escape(figure.name()), escape(figure.chart().title()));
  }

  /// A chart with its numbers and the command that draws it again.
  public static String figure(Figure figure) {
    return figure(figure, table("Numbers: " + figure.chart().title(), figure.table()));
  }

  /// The same, with numbers that are shown to who asks for them.
  public static String foldedFigure(Figure figure) {
    return figure(
        figure,
        "<details>\n<summary>Numbers</summary>\n"
            + table("Numbers: " + figure.chart().title(), figure.table())
            + "</details>\n");
  }

  private static String figure(Figure figure, String numbers) {
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
            escape(figure.name()),
            escape(figure.chart().title()),
            figure.wide().inline(),
            figure.narrow().inline(),
            numbers,
            escape(figure.command()));
  }

  public static String section(String heading, Table table, String otherwise) {
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
  public static String table(String name, Table table) {
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

  /// The text of all items, one after the other.
  public static <T> String each(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining());
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

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(HtmlParts.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
