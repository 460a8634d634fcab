package dev.multijvm.benchmarks.slot;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The flags on a JVM's command line that can change how fast it computes.
public final class JvmFlags {
  private static final Set<String> WITH_VALUE =
      Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules");

  /// Heaps are shares of one sum; JMH hands its hints to the fork only (no kernel of ours relies on
  /// them); output and archives of classes matter at the start alone, which warm operations do not
  /// pay and cold ones are meant to.
  private static final Pattern OF_ONE_PROCESS =
      Pattern.compile(
          String.join(
              "|",
              "-Xm[xsn].*",
              "-XX:(Max|Initial|Min)(Heap|RAM)[A-Za-z]*=.*",
              "-XX:(CompileCommand.*|[+]Unlock[A-Za-z]*)",
              "-Xlog.*",
              "-XX:.DisplayVMOutput.*",
              "-XX:(ErrorFile|HeapDumpPath)=.*",
              "-Xshare.*",
              "-XX:(SharedArchiveFile|AOTCache|AOTMode)=.*"));

  private JvmFlags() {}

  /// The flags of a command line in their order, without class path, properties and main class. A
  /// value that is a path is written as an ellipsis: records are made to be published.
  public static List<String> of(List<String> command) {
    return ofArguments(command.subList(1, command.size()));
  }

  /// As [#of], of a command line without its program.
  public static List<String> ofArguments(List<String> arguments) {
    List<String> flags = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITH_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-") || argument.equals("-jar") || argument.equals("-m")) {
        break;
      } else if (matters(argument)) {
        flags.add(withoutPath(argument));
      }
    }
    return flags;
  }

  private static boolean matters(String argument) {
    return argument.startsWith("-X")
        || argument.startsWith("-ea")
        || argument.startsWith("-da")
        || argument.startsWith("--enable-")
        || argument.startsWith("--sun-misc-");
  }

  private static String withoutPath(String flag) {
    int equals = flag.indexOf('=');
    return equals >= 0 && flag.indexOf('/', equals) >= 0
        ? flag.substring(0, equals + 1) + "…"
        : flag;
  }

  /// Which flags only one of two JVMs has, apart from those that may differ: empty if they compute
  /// alike.
  public static Set<String> differences(List<String> one, List<String> other) {
    Set<String> ours = comparable(one);
    Set<String> theirs = comparable(other);
    Set<String> differences = new TreeSet<>(ours);
    differences.addAll(theirs);
    ours.retainAll(theirs);
    differences.removeAll(ours);
    return differences;
  }

  private static Set<String> comparable(List<String> flags) {
    Set<String> comparable = new TreeSet<>(flags);
    comparable.removeIf(flag -> !flag.startsWith("-X") || OF_ONE_PROCESS.matcher(flag).matches());
    return comparable;
  }
}
