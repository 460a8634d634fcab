package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Comparison;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Says what is going on, a line per pair, with the time still needed.
final class Progress {
  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
  }

  /// Another run of JMH is in the way.
  void locked() {
    say("another run of JMH holds its lock; waiting for it to end");
  }

  /// A slot of a self-test was recorded; each takes so long.
  void recorded(double nanos, int done, int wanted, Duration each) {
    double left = (wanted - done) * each.toMillis() / 1e3;
    say(
        String.format(
            Locale.ROOT,
            "slot %3d of %d  %.4g ms  %s left",
            done,
            wanted,
            nanos / 1e6,
            clock(left)));
  }

  /// What was measured counts for nothing and is done again.
  void disturbed(Case measured, List<String> disturbances) {
    say(
        String.format(
            Locale.ROOT, "%-44s again: %s", measured.id(), String.join(", ", disturbances)));
  }

  /// A pair was added to `contest`.
  void measured(Contest contest, List<Contest> all) {
    Comparison comparison = contest.comparison();
    int series =
        comparison.confirmation().isEmpty()
            ? comparison.first().size()
            : comparison.confirmation().size();
    String doing = comparison.confirmation().isEmpty() ? "pair" : "confirming, pair";
    double change = 100 * Math.expm1(contest.pairs().getLast().logarithm());
    say(
        String.format(
            Locale.ROOT,
            "%-44s %s %2d  %+6.1f %%  %s",
            contest.measured().id(),
            doing,
            series,
            change,
            timeLeft(all)));
  }

  /// The least and the most time that the open cases need, once each of them has been measured.
  private static String timeLeft(List<Contest> all) {
    double least = 0;
    double most = 0;
    for (Contest contest : all) {
      OptionalDouble seconds = contest.pairSeconds();
      if (seconds.isEmpty()) {
        return "";
      }
      least += seconds.getAsDouble() * contest.comparison().pairsToNextLook();
      most += seconds.getAsDouble() * mostPairs(contest.comparison());
    }
    return least == 0 ? "" : clock(least) + " to the next look, at most " + clock(most);
  }

  private static int mostPairs(Comparison comparison) {
    if (comparison.decided().isPresent()) {
      return 0;
    }
    int series =
        comparison.isConfirming() ? comparison.confirmation().size() : comparison.first().size();
    return comparison.design().looks().most() - series;
  }

  private static String clock(double seconds) {
    Duration duration = Duration.ofSeconds(Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
  }
}
