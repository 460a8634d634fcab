package dev.multijvm.report.history;

import static dev.multijvm.report.page.HtmlParts.contents;
import static dev.multijvm.report.page.HtmlParts.each;
import static dev.multijvm.report.page.HtmlParts.escape;
import static dev.multijvm.report.page.HtmlParts.table;
import static dev.multijvm.report.page.HtmlParts.troubles;

import dev.multijvm.report.figure.Figure;
import dev.multijvm.report.figure.Table;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.page.HtmlParts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All past runs as one page that needs no server: for each machine what moved most, and a chart
/// for every piece of work.
public final class HistoryPage {
  /// Older runs stay in their files, but are not drawn.
  static final int MOST_RUNS = 60;

  private static final int MOST_MOVES = 10;

  private HistoryPage() {}

  /// The runs of one machine, the latest [#MOST_RUNS] of them.
  ///
  /// @param figures one for each piece of work
  private record Machine(
      int number,
      String name,
      int all,
      List<PastRun> runs,
      List<Work> works,
      List<Figure> figures) {
    static Machine of(int number, String name, List<PastRun> all) {
      List<PastRun> runs = all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
      List<Work> works = Work.of(runs);
      List<Figure> figures =
          works.parallelStream()
              .map(work -> WorkFigure.of("machine-" + number, work))
              .peek(figure -> figure.wide().inline())
              .toList();
      return new Machine(number, name, all.size(), runs, works, figures);
    }

    /// Changes, the farthest from none first.
    Stream<Work.Move> moves() {
      return works.stream()
          .flatMap(work -> work.moves().stream())
          .sorted(Comparator.comparingDouble(move -> -Math.abs(Math.log(move.change()))));
    }
  }

  /// The whole page.
  public static String of(HistoryFiles.Contents history) {
    Map<String, List<PastRun>> byMachine =
        history.runs().stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.head().machine(), LinkedHashMap::new, Collectors.toList()));
    List<Machine> machines = new ArrayList<>();
    byMachine.forEach((name, runs) -> machines.add(Machine.of(machines.size() + 1, name, runs)));
    return HtmlParts.page(
        "Has it become slower? multijvm",
        """
        <header>
        <h1>Has it become slower?</h1>
        %s</header>
        <main>
        <section aria-label="The answer">
        %s<p class="basis">%s</p>
        </section>
        %s</main>
        """
            .formatted(
                troubles("history", history.troubles()),
                each(machines, HistoryPage::answer),
                basis(history.runs()),
                each(machines, HistoryPage::machine)));
  }

  private static String answer(Machine machine) {
    return "<p class=\"answer\"><strong>%s:</strong> %s</p>\n"
        .formatted(escape(machine.name), escape(sentence(machine)));
  }

  private static String sentence(Machine machine) {
    String runs =
        Wording.count(machine.all, "run")
            + (machine.all > machine.runs.size()
                ? ", the last " + machine.runs.size() + " of them below"
                : "")
            + ". ";
    return runs
        + machine
            .moves()
            .findFirst()
            .map(move ->
                "Farthest from what it was: "
                    + move.work().title()
                    + ", "
                    + WorkFigure.label(move.mode()).toLowerCase(Locale.ROOT)
                    + ", "
                    + WorkFigure.percent(move.change())
                    + " on the median of "
                    + Wording.count(move.earlier().size(), "run")
                    + " before.")
            .orElse("There is nothing yet to compare the latest with.");
  }

  private static String basis(List<PastRun> runs) {
    if (runs.isEmpty()) {
      return "There are no runs yet: <code>scripts/report history --add results/latest</code> adds one.";
    }
    return "From "
        + date(runs.getFirst())
        + " to "
        + date(runs.getLast())
        + ". Times are ratios to the frozen ruler of the same round, so that a slower clock is no slower program; machines"
        + " are never compared with each other. A trend is no verdict: whether a change made something slower is for"
        + " <code>scripts/compare</code>.";
  }

  private static String machine(Machine machine) {
    Table moves =
        new Table(
            List.of(
                "What moved most", "Mode", "Change", "Latest, ÷ ruler", "Before", "Runs before"),
            2,
            machine.moves().limit(MOST_MOVES).map(HistoryPage::row).toList());
    return """
    <section>
    <h2>%s</h2>
    %s%s</section>
    %s\
    """
        .formatted(
            escape(machine.name),
            table("What moved most on " + machine.name, moves),
            contents("charts-" + machine.number, "Charts of " + machine.name, machine.figures),
            each(machine.figures, HtmlParts::foldedFigure));
  }

  private static List<String> row(Work.Move move) {
    return List.of(
        move.work().title(),
        WorkFigure.label(move.mode()),
        WorkFigure.percent(move.change()),
        move.latest().line().ratio(),
        PastRun.Line.number(move.latest().line().toRuler() / move.change()),
        Integer.toString(move.earlier().size()));
  }

  private static LocalDate date(PastRun run) {
    return run.head().started().atZone(ZoneOffset.UTC).toLocalDate();
  }
}
