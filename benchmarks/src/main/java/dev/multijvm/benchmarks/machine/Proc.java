package dev.multijvm.benchmarks.machine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Small text files of the kernel: what cannot be read is unknown, never an error.
///
/// A fork reads some once, before anything of it is compiled: streams, patterns and channels would
/// cost it more time to load and link than all it reads, here and in [ProcessStat].
public final class Proc {
  /// The kernel counts time for user space in hundredths of a second on every architecture of ours
  /// (`USER_HZ`).
  static final double MILLIS_PER_TICK = 10;

  private static final int MOST_DIGITS = 18;

  private Proc() {}

  /// The whole text, or empty where there is no such file, no right to read it, or its process has
  /// just ended.
  public static Optional<String> text(Path file) {
    try (InputStream in = new FileInputStream(file.toFile())) {
      // Arguments and environments need not be in any one encoding.
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException | SecurityException _) {
      return Optional.empty();
    }
  }

  /// As [#text], without the line's end; empty where nothing is left.
  static Optional<String> line(Path file) {
    return text(file).map(String::strip).filter(text -> !text.isEmpty());
  }

  /// The value behind `name:` in a file of such lines, such as `/proc/meminfo`, without the unit
  /// behind it.
  public static Optional<Long> number(String text, String name) {
    String start = name.concat(":");
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(start)) {
        return number(line.substring(start.length()).strip());
      }
    }
    return Optional.empty();
  }

  /// The digits that a text begins with, as many as a `long` always holds.
  private static Optional<Long> number(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits == 0 || digits > MOST_DIGITS
        ? Optional.empty()
        : Optional.of(Long.valueOf(text.substring(0, digits)));
  }
}
