package dev.multijvm.multiprocessing.internal.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Which of a JVM's own options are meant for its children too.
///
/// What changes what user code means or how fast it is goes along: system properties, assertions,
/// the module system's doors, preview features, stack size, compiler tiers. What belongs to one
/// process stays with it: agents, debuggers, management ports, heap sizes, recordings, caches,
/// logs. An option that is not known here stays as well.
final class InheritedOptions {
  private static final List<String> PREFIXES =
      List.of(
          "--add-exports",
          "--add-modules",
          "--add-opens",
          "--add-reads",
          "--enable-final-field-mutation",
          "--enable-native-access",
          "--enable-preview",
          "--finalization",
          "--illegal-final-field-mutation",
          "--illegal-native-access",
          "--limit-modules",
          "--patch-module",
          "--sun-misc-unsafe-memory-access",
          "--upgrade-module-path",
          "-Xbootclasspath/a",
          "-Xcomp",
          "-Xint",
          "-Xmixed",
          "-Xss",
          "-da",
          "-disableassertions",
          "-disablesystemassertions",
          "-dsa",
          "-ea",
          "-enableassertions",
          "-enablesystemassertions",
          "-esa");

  private static final Set<String> FLAGS =
      Set.of(
          "ArchiveRelocationMode",
          "EnableJVMCI",
          "LoopStripMiningIter",
          "ObjectAlignmentInBytes",
          "ThreadStackSize",
          "TieredCompilation",
          "TieredStopAtLevel",
          "UnlockDiagnosticVMOptions",
          "UnlockExperimentalVMOptions",
          "UseCompactObjectHeaders",
          "UseCompressedOops",
          "UseCountedLoopSafepoints",
          "UseJVMCICompiler");

  private static final List<String> PRIVATE_PROPERTIES =
      List.of(
          "com.sun.management.",
          "java.class.path",
          "java.library.path.boot",
          "java.rmi.server.",
          "jdk.internal.",
          "jdk.module.",
          "sun.java.command",
          "sun.java.launcher");

  private InheritedOptions() {}

  /// Those of `options` that a child gets, in their order.
  static List<String> of(List<String> options) {
    List<String> inherited = new ArrayList<>();
    for (String option : options) {
      if (isInherited(option)) {
        inherited.add(option);
      }
    }
    return inherited;
  }

  private static boolean isInherited(String option) {
    if (option.startsWith("-D")) {
      return !startsWithAny(option.substring(2), PRIVATE_PROPERTIES);
    }
    if (option.startsWith("-XX:")) {
      return FLAGS.contains(flagName(option));
    }
    return startsWithAny(option, PREFIXES);
  }

  /// `Name` of `-XX:+Name`, `-XX:-Name` and `-XX:Name=value`.
  private static String flagName(String option) {
    int start = "-XX:".length();
    if (option.startsWith("+", start) || option.startsWith("-", start)) {
      return option.substring(start + 1);
    }
    int end = option.indexOf('=');
    return end < 0 ? option.substring(start) : option.substring(start, end);
  }

  private static boolean startsWithAny(String text, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
