package dev.multijvm.multiprocessing.internal.launch;

import dev.multijvm.multiprocessing.internal.scratch.Scratch;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Options that are too long for a command line or not to be seen there, in a file that the
/// launcher reads instead (`java @file`).
///
/// Linux takes words of up to 128 KiB, Windows 32 KiB for all words together; a class path of some
/// hundred jars in a deep directory comes near that.
final class ArgumentFile {
  private static final int LONGEST_ON_THE_COMMAND_LINE = 20_000;

  /// The files of this JVM by what is in them. Guarded by the class.
  private static final Map<List<String>, Path> WRITTEN = new HashMap<>();

  private ArgumentFile() {}

  /// `options` as they are, or a word that stands for them if they are long.
  static List<String> shortened(List<String> options) throws IOException {
    int length = 0;
    for (String option : options) {
      length += option.length();
    }
    return length < LONGEST_ON_THE_COMMAND_LINE ? options : of(options);
  }

  /// A word that stands for `options`, which only this user can read.
  static synchronized List<String> of(List<String> options) throws IOException {
    Path file = WRITTEN.get(options);
    if (file == null) {
      file = Scratch.directory().resolve("arguments-" + WRITTEN.size());
      Files.writeString(
          file, quoted(options), Charset.forName(System.getProperty("native.encoding")));
      WRITTEN.put(List.copyOf(options), file);
    }
    return List.of("@" + file);
  }

  /// One option on a line, in quotes, as the launcher wants them.
  static String quoted(List<String> options) {
    StringBuilder text = new StringBuilder();
    for (String option : options) {
      text.append('"')
          .append(option.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
          .append("\"\n");
    }
    return text.toString();
  }
}
