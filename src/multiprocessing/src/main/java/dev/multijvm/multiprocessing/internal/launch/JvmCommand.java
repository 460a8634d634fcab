package dev.multijvm.multiprocessing.internal.launch;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a child JVM is to run, and with which options: this JVM's own where they are meant for
/// children ([InheritedOptions]), sized for a share of the machine.
///
/// Nothing in it is secret: command lines are visible to every user of the machine.
///
/// @param mainClass a class of this library
/// @param arguments what its `main` gets
/// @param share what part of the machine the child takes; `null` for as much as any JVM would
/// @param jvmArguments the user's own options for the child; if there are any, they replace `share`
public record JvmCommand(
    String mainClass,
    List<String> arguments,
    @Nullable MachineShare share,
    List<String> jvmArguments) {

  /// The options this JVM was started with, as far as they are meant for children.
  private static final List<String> INHERITED =
      InheritedOptions.of(ManagementFactory.getRuntimeMXBean().getInputArguments());

  private static final Optional<Collector> COLLECTOR = Collector.ofThisJvm();

  public JvmCommand {
    arguments = List.copyOf(arguments);
    jvmArguments = List.copyOf(jvmArguments);
  }

  /// Runs `main`, with this JVM's options and no share of the machine said.
  public static JvmCommand of(Class<?> main, String... arguments) {
    return new JvmCommand(main.getName(), List.of(arguments), null, List.of());
  }

  /// The same with a share of the machine.
  public JvmCommand withShare(MachineShare newShare) {
    return new JvmCommand(mainClass, arguments, newShare, jvmArguments);
  }

  /// The same with the user's own JVM options, which replace the share.
  public JvmCommand withJvmArguments(List<String> newJvmArguments) {
    return new JvmCommand(mainClass, arguments, share, newJvmArguments);
  }

  /// The words to execute.
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(javaBinary());
    words.addAll(options());
    words.addAll(ProgramPath.ofThisJvm().options(mainClass));
    words.addAll(arguments);
    return words;
  }

  /// The JVM's options, without those that say where classes are found.
  List<String> options() {
    List<String> options = new ArrayList<>();
    Optional<Collector> chosen = Collector.chosenBy(jvmArguments);
    for (String option : INHERITED) {
      if (!Collector.isChosenBy(option)) {
        options.add(option);
      }
    }
    Optional<Collector> collector = chosen.isPresent() ? chosen : COLLECTOR;
    if (chosen.isEmpty() && collector.isPresent()) {
      options.add(collector.get().flag());
    }
    if (collector.isPresent() && !collector.get().pollsInCountedLoops()) {
      options.add("-XX:+UseCountedLoopSafepoints");
      options.add("-XX:LoopStripMiningIter=1000");
    }
    // A JVM says things on its standard output unless told otherwise, and that is the channel's.
    options.add("-XX:+DisplayVMOutputToStderr");
    options.add("-Xlog:disable");
    options.add("-Xlog:all=warning:stderr");
    options.add("-XX:ErrorFile=" + CrashFile.pattern());
    options.add("-Dstdout.encoding=UTF-8");
    options.add("-Dstderr.encoding=UTF-8");
    if (jvmArguments.isEmpty() && share != null) {
      options.addAll(share.options());
    }
    options.addAll(jvmArguments);
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
