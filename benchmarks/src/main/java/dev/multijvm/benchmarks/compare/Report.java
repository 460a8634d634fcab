package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import dev.multijvm.statistics.SignedRank;
import dev.multijvm.statistics.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Says what a comparison found: in plain words and a table, for the terminal and as Markdown, and
/// as JSON for programs.
final class Report {
  static final String MARKDOWN = "compare.md";
  static final String JSON = "compare.json";

  private static final int MOST_SENSIBLE_PAIRS = 100;
  private static final List<String> HEADINGS =
      List.of("case", "base", "head", "head/base", "interval", "level", "pairs", "verdict");

  private final Outcome outcome;

  Report(Outcome outcome) {
    this.outcome = outcome;
  }

  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(MARKDOWN), markdown());
    Files.writeString(directory.resolve(JSON), new JsonReport(outcome).json());
  }

  /// For the terminal.
  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    outcome.contests().forEach(contest -> rows.add(row(contest)));
    int[] widths =
        IntStream.range(0, HEADINGS.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    String table =
        rows.stream()
            .map(row ->
                IntStream.range(0, widths.length)
                    .mapToObj(column -> padded(row.get(column), column, widths[column]))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
            .collect(Collectors.joining("\n", "\n", "\n\n"));
    return table + String.join("\n", sentences()) + "\n";
  }

  private static String padded(String text, int column, int width) {
    String blanks = " ".repeat(width - text.length());
    boolean isText = column == 0 || column == HEADINGS.size() - 1;
    return isText ? text + blanks : blanks + text;
  }

  /// For a page.
  String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(headline()).append("\n\n");
    page.append("| ").append(String.join(" | ", HEADINGS)).append(" |\n");
    page.append("|---|---:|---:|---:|---:|---:|---:|---|\n");
    for (Contest contest : outcome.contests()) {
      page.append("| ").append(String.join(" | ", row(contest))).append(" |\n");
    }
    page.append('\n');
    sentences().stream().skip(1).forEach(line -> page.append(line).append("\n\n"));
    page.append(
        String.format(
            Locale.ROOT,
            "Base: `%s` (%s). Head: `%s` (%s). JDK %s, %d processors, started %s, seed %d.%n",
            outcome.sides().base().label(),
            outcome.sides().base().identity(),
            outcome.sides().head().label(),
            outcome.sides().head().identity(),
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            outcome.started(),
            outcome.seed()));
    return page.toString();
  }

  private List<String> row(Contest contest) {
    String ratio = "";
    String interval = "";
    String level = "";
    if (contest.verdict().isPresent()) {
      Estimate estimate = contest.verdict().get().ratio();
      ratio = String.format(Locale.ROOT, "%.3f", estimate.estimate());
      switch (estimate) {
        case Interval known -> {
          interval = String.format(Locale.ROOT, "%.3f to %.3f", known.low(), known.high());
          level = String.format(Locale.ROOT, "%.1f %%", 100 * known.level());
        }
        case Point _ -> interval = "too few pairs";
      }
    }
    return List.of(
        contest.measured().id(),
        time(contest.baseNanos()),
        time(contest.headNanos()),
        ratio,
        interval,
        level,
        Integer.toString(contest.comparison().pairs()),
        contest.verdict().map(Report::words).orElse("not measured"));
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Regressed _ -> "slower, confirmed";
      case Verdict.Improved _ -> "faster";
      case Verdict.Same _ -> "same";
      case Verdict.Inconclusive(_, int pairsWanted) when pairsWanted <= MOST_SENSIBLE_PAIRS ->
          "cannot tell, wants about " + pairsWanted + " pairs";
      case Verdict.Inconclusive _ -> "cannot tell, the slots scatter too much";
    };
  }

  private static String time(OptionalDouble nanos) {
    if (nanos.isEmpty()) {
      return "";
    }
    double value = nanos.getAsDouble();
    String[] units = {"ns", "us", "ms", "s"};
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.4g %s", value, units[unit]);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(headline());
    switch (outcome.ending()) {
      case Ending.Decided _ -> {}
      case Ending.TimeUp _ -> sentences.add("The time was up" + remaining() + ".");
      case Ending.Interrupted _ -> sentences.add("Stopped early; this is what was measured.");
      case Ending.NotValid(String reason) -> sentences.add(reason);
    }
    if (outcome.sides().areSame()) {
      sentences.add(
          "Base and head are the same thing: any change reported is an error of the gate.");
    }
    if (outcome.disturbed() > 0) {
      sentences.add(
          "Measured again because others used the machine: " + outcome.disturbed() + " pairs.");
    }
    visible().ifPresent(share -> sentences.add(visibleInWords(share)));
    sentences.addAll(outcome.notShared());
    return sentences;
  }

  private String remaining() {
    boolean isAllKnown =
        outcome.contests().stream()
            .map(Contest::verdict)
            .allMatch(it -> it.isPresent() && !(it.get() instanceof Verdict.Inconclusive));
    return isAllKnown ? "" : "; cases without a verdict stay open";
  }

  private String headline() {
    String base = outcome.sides().base().label();
    String head = outcome.sides().head().label();
    int cases = outcome.contests().size();
    return switch (outcome.answer()) {
      case NOT_SLOWER ->
          head
              + " is not slower than "
              + base
              + " ("
              + cases
              + (cases == 1 ? " case)." : " cases).");
      case SLOWER -> head + " is slower than " + base + ": " + slowdowns() + ".";
      case CANNOT_TELL -> "Cannot tell whether " + head + " is slower than " + base + ".";
      case NOT_VALID -> "Not valid: nothing can be said about " + head + " and " + base + ".";
    };
  }

  private String slowdowns() {
    List<String> slowdowns = new ArrayList<>();
    for (Contest contest : outcome.contests()) {
      if (contest.verdict().orElse(null) instanceof Verdict.Regressed(Interval ratio)) {
        slowdowns.add(
            String.format(
                Locale.ROOT,
                "%s by %.1f %% [%.1f, %.1f]",
                contest.measured().id(),
                100 * (ratio.estimate() - 1),
                100 * (ratio.low() - 1),
                100 * (ratio.high() - 1)));
      }
    }
    return String.join("; ", slowdowns);
  }

  /// The smallest visible slowdown of the case that hides the most, of those with enough pairs.
  private OptionalDouble visible() {
    return outcome.contests().stream()
        .map(Contest::smallestVisible)
        .flatMapToDouble(OptionalDouble::stream)
        .max();
  }

  private String visibleInWords(double share) {
    boolean isOfAll =
        outcome.contests().stream()
            .map(Contest::smallestVisible)
            .allMatch(OptionalDouble::isPresent);
    return String.format(
        Locale.ROOT,
        "With the scatter of these slots, a slowdown of %.1f %% would have been seen nine times in ten in every case%s.",
        100 * share,
        isOfAll ? "" : " with " + SignedRank.FEWEST_PAIRS + " pairs or more");
  }
}
