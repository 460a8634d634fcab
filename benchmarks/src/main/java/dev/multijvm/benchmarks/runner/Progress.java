package dev.multijvm.benchmarks.runner;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Tells how far the run is: on a terminal by one line that is written over, elsewhere by plain
/// lines, not too many.
final class Progress {
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final boolean colour;
  private final int width;
  private boolean lineOpen;
  private long lastLine = System.nanoTime() - QUIET_NANOS;

  Progress(PrintStream out, boolean terminal, boolean colour, int width) {
    this.out = out;
    this.terminal = terminal;
    this.colour = colour;
    this.width = width;
  }

  /// As this process's standard output and environment want it.
  static Progress here() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
            && !"dumb".equals(System.getenv("TERM"));
    String noColour = System.getenv("NO_COLOR");
    return new Progress(
        System.out, terminal, terminal && (noColour == null || noColour.isEmpty()), columns());
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 80;
  }

  /// A line of its own.
  synchronized void say(String line) {
    closeLine();
    out.println(line);
    out.flush();
  }

  /// A line that must not be overlooked.
  synchronized void warn(String line) {
    say(colour ? "\u001b[33m" + line + "\u001b[0m" : line);
  }

  /// A slot begins.
  ///
  /// @param left the time that is still needed
  void slot(int round, int rounds, int position, int slots, String id, Duration left) {
    update(
        String.format(
            Locale.ROOT,
            "round %d of %d, slot %d of %d, %s left: %s",
            round,
            rounds,
            position,
            slots,
            text(left),
            id));
  }

  /// A slot begins that is repeated after the last round.
  ///
  /// @param missing how many are to be repeated, this one included
  void repetition(int missing, int round, String id) {
    update(
        String.format(
            Locale.ROOT, "%d disturbed slots to repeat, of round %d: %s", missing, round, id));
  }

  private synchronized void update(String line) {
    if (terminal) {
      out.print(CLEAR_LINE + (line.length() < width ? line : line.substring(0, width - 1)));
      lineOpen = true;
    } else if (System.nanoTime() - lastLine >= QUIET_NANOS) {
      lastLine = System.nanoTime();
      out.println(line);
    }
    out.flush();
  }

  private void closeLine() {
    if (lineOpen) {
      out.print(CLEAR_LINE);
      lineOpen = false;
    }
  }

  /// Such as `45 s` or `3 min 20 s`.
  static String text(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    return seconds < 90
        ? seconds + " s"
        : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
  }
}
