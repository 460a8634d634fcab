package dev.multijvm.benchmarks.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Small text files of the kernel: what cannot be read is unknown, never an error.
public final class Proc {
  /// The kernel counts time for user space in hundredths of a second on every architecture of ours
  /// (`USER_HZ`).
  static final double MILLIS_PER_TICK = 10;

  private Proc() {}

  /// The whole text, or empty where there is no such file, no right to read it, or its process has
  /// just ended.
  public static Optional<String> text(Path file) {
    try {
      // Arguments and environments need not be in any one encoding.
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
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
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip().split("\\s+", 2)[0])
        .filter(value -> value.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .findFirst();
  }
}
