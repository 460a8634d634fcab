package dev.multijvm.multiprocessing.internal.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// What a child JVM is to run, and with which options: this JVM's own where they are meant for
/// children ([InheritedOptions]), sized for a share of the machine.
///
/// Command lines are visible to every user of the machine. So what came to this JVM by a file or a
/// variable goes to the child by a file; what was on this JVM's command line is on the child's.
///
/// @param mainClass a class of this library
/// @param arguments what its `main` gets
/// @param share what part of the machine the child takes; `null` for as much as any JVM would
/// @param jvmArguments the user's own options for the child; if there are any, they replace `share`
/// @param cache the ahead-of-time cache to start from; `null` for none
public record JvmCommand(
    String mainClass,
    List<String> arguments,
    @Nullable MachineShare share,
    List<String> jvmArguments,
    @Nullable Path cache) {
  private static final String EXIT_WITHOUT_WAITING = "-XX:UserThreadWaitAttemptsAtExit=0";

  private static final OwnOptions OWN = OwnOptions.read();
  private static final List<String> OF_MAIN_JAR = MainJar.options();
  private static final @Nullable Collector COLLECTOR = Collector.ofThisJvm(OWN.words());

  public JvmCommand {
    arguments = List.copyOf(arguments);
    jvmArguments = List.copyOf(jvmArguments);
  }

  /// Runs `main`, with this JVM's options and no share of the machine said.
  public static JvmCommand of(Class<?> main, String... arguments) {
    return new JvmCommand(main.getName(), List.of(arguments), null, List.of(), null);
  }

  /// The same with these words for its `main`.
  public JvmCommand withArguments(String... newArguments) {
    return new JvmCommand(mainClass, List.of(newArguments), share, jvmArguments, cache);
  }

  /// The same with a share of the machine.
  public JvmCommand withShare(MachineShare newShare) {
    return new JvmCommand(mainClass, arguments, newShare, jvmArguments, cache);
  }

  /// The same with the user's own JVM options, which replace the share.
  public JvmCommand withJvmArguments(List<String> newJvmArguments) {
    return new JvmCommand(mainClass, arguments, share, newJvmArguments, cache);
  }

  /// The same from a cache that was trained for these options and the same files.
  public JvmCommand withCache(Path newCache) {
    return new JvmCommand(mainClass, arguments, share, jvmArguments, newCache);
  }

  /// The words to execute.
  ///
  /// @throws IOException if they need a file, and there can be none
  public List<String> words() throws IOException {
    ProgramPath path = ProgramPath.ofThisJvm();
    List<String> words = new ArrayList<>();
    words.add(javaBinary());
    words.addAll(OWN.visible() ? options() : ArgumentFile.of(options()));
    if (cache != null) {
      words.add("-XX:AOTCache=" + cache);
    }
    words.addAll(ArgumentFile.shortened(path.options()));
    words.addAll(path.mainWords(mainClass));
    words.addAll(arguments);
    return words;
  }

  /// The JVM's options, without those that say where classes and their cache are found.
  public List<String> options() {
    SequencedSet<String> options = new LinkedHashSet<>(OF_MAIN_JAR);
    InheritedOptions.of(OWN.words()).forEach(options::addLast); // the last of two counts
    options.addAll(collectorOptions());
    // A JVM says things on its standard output unless told otherwise, and that is the channel's.
    options.add("-XX:+DisplayVMOutputToStderr");
    options.add("-Xlog:disable");
    options.add("-Xlog:all=warning:stderr");
    options.add("-XX:ErrorFile=" + CrashFile.pattern());
    // A JVM that exits waits 300 ms for threads that read, and a child has one that reads for ever.
    options.add(EXIT_WITHOUT_WAITING);
    options.add("-Dstdout.encoding=UTF-8");
    options.add("-Dstderr.encoding=UTF-8");
    List<String> all = new ArrayList<>(options);
    if (jvmArguments.isEmpty() && share != null) {
      all.addAll(share.options());
    }
    all.addAll(jvmArguments);
    return all;
  }

  private List<String> collectorOptions() {
    Collector chosen = Collector.chosenBy(jvmArguments);
    Collector collector = chosen != null ? chosen : COLLECTOR;
    List<String> options = new ArrayList<>();
    if (chosen == null && collector != null) {
      options.add(collector.flag());
    }
    if (collector != null && !collector.pollsInCountedLoops()) {
      options.add("-XX:+UseCountedLoopSafepoints");
      options.add("-XX:LoopStripMiningIter=1000");
    }
    return options;
  }

  private static String javaBinary() {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    for (String name : List.of("java", "java.exe")) {
      Path binary = bin.resolve(name);
      if (Files.isExecutable(binary)) {
        return binary.toString();
      }
    }
    throw new IllegalStateException("no java launcher in " + bin + " to start child JVMs with");
  }
}
