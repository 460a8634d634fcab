package dev.multijvm.multiprocessing.internal.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options this JVM was started with.
///
/// The management bean knows them all, but asking it first costs some 30 ms, half of a worker's
/// start. So the command line is read from `/proc` where nothing but the command line can have
/// contributed, and the bean is asked otherwise.
///
/// @param words in the order in which they count
/// @param visible whether each is on the command line, which every user of the machine can see
record OwnOptions(List<String> words, boolean visible) {
  private static final String COMMAND_LINE = "/proc/self/cmdline";

  /// Variables from which a JVM or its launcher takes further options.
  static final List<String> VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /// Options of the launcher whose value is the next word.
  private static final Set<String> WITH_NEXT_WORD =
      Set.of(
          "--add-exports",
          "--add-modules",
          "--add-opens",
          "--add-reads",
          "--class-path",
          "--enable-final-field-mutation",
          "--enable-native-access",
          "--limit-modules",
          "--module-path",
          "--patch-module",
          "--source",
          "--upgrade-module-path",
          "-classpath",
          "-cp",
          "-p");

  /// After these, or the first word that is no option, come the program's own words.
  private static final Set<String> MODULE = Set.of("--module", "-m");

  static OwnOptions read() {
    List<String> options = readCommandLine();
    return options != null
        ? new OwnOptions(options, true)
        : new OwnOptions(ManagementFactory.getRuntimeMXBean().getInputArguments(), false);
  }

  /// The options of this process's command line; `null` if there is no knowing that these are all.
  private static @Nullable List<String> readCommandLine() {
    for (String variable : VARIABLES) {
      if (System.getenv(variable) != null) {
        return null;
      }
    }
    try (FileInputStream file = new FileInputStream(COMMAND_LINE)) {
      return parse(new String(file.readAllBytes(), UTF_8));
    } catch (IOException e) {
      // No Linux, or a hardened one: the bean knows.
      return null;
    }
  }

  /// The options in a command line whose words each end with a zero, as the bean would give them: a
  /// value in the next word is appended to its option with `=`. `null` if options come from
  /// elsewhere too.
  static @Nullable List<String> parse(String commandLine) {
    String[] words = commandLine.split("\0", -1);
    if (!words[0].equals("java") && !words[0].endsWith("/java")) {
      return null;
    }
    List<String> options = new ArrayList<>();
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (word.startsWith("@")
          || word.startsWith("-XX:Flags=")
          || word.startsWith("-XX:VMOptionsFile=")) {
        return null;
      }
      if (!word.startsWith("-") || MODULE.contains(word) || word.startsWith("--module=")) {
        return options;
      }
      boolean hasNextWord = WITH_NEXT_WORD.contains(word) && i + 1 < words.length;
      options.add(hasNextWord ? word + "=" + words[++i] : word);
    }
    return options;
  }
}
