package dev.multijvm.multiprocessing.internal.start;

import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.MachineShare;
import dev.multijvm.multiprocessing.internal.launch.ProgramPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that decides which cache a command may use, but for the content of the files it names.
///
/// @param path where the classes are
/// @param text one line for each thing: the JDK's build, the options that matter, the path
record CacheKey(ProgramPath path, String text) {
  /// Heaps from 32 GiB on have longer references; a little less, to be on the safe side.
  private static final long LARGE_HEAP_MEBIBYTES = 31 << 10;

  /// Options under which a JVM uses no cache, or one that we cannot vouch for.
  private static final List<String> OBSTACLES =
      List.of(
          "--limit-modules",
          "--patch-module",
          "--upgrade-module-path",
          "-Djava.system.class.loader",
          "-XX:AOT",
          "-XX:ArchiveClassesAtExit",
          "-XX:SharedArchiveFile",
          "-XX:SharedClassListFile",
          "-Xbootclasspath",
          "-Xrun",
          "-Xshare",
          "-agentlib:",
          "-agentpath:",
          "-javaagent:");

  /// @throws NoCacheException if the command has an option that forbids a cache
  static CacheKey of(JvmCommand command) throws NoCacheException {
    List<String> options = command.options();
    for (String option : options) {
      for (String obstacle : OBSTACLES) {
        if (option.startsWith(obstacle)) {
          throw new NoCacheException("the option " + option);
        }
      }
    }
    ProgramPath path = ProgramPath.ofThisJvm();
    return new CacheKey(path, text(options, command.share(), path));
  }

  private static String text(List<String> options, @Nullable MachineShare share, ProgramPath path) {
    StringBuilder text = new StringBuilder();
    line(text, "vendor", System.getProperty("java.vm.vendor"));
    line(text, "version", System.getProperty("java.vm.version"));
    line(text, "home", System.getProperty("java.home"));
    line(text, "directory", System.getProperty("user.dir"));
    line(text, "class path", path.classPath());
    line(text, "module path", path.modulePath());
    line(text, "main module", path.mainModule());
    line(text, "library module", path.libraryModule());
    line(text, "large heap", String.valueOf(isLarge(share)));
    for (String option : options) {
      if (isOfTheCode(option, share)) {
        line(text, "option", option);
      }
    }
    return text.toString();
  }

  /// System properties and the share of the machine have no say in what classes look like.
  private static boolean isOfTheCode(String option, @Nullable MachineShare share) {
    return !option.startsWith("-D")
        && !option.startsWith("-XX:ErrorFile=")
        && (share == null || !share.options().contains(option));
  }

  private static boolean isLarge(@Nullable MachineShare share) {
    long heapMebibytes =
        share != null ? share.heapMebibytes() : Runtime.getRuntime().maxMemory() >> 20;
    return heapMebibytes >= LARGE_HEAP_MEBIBYTES;
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    text.append(name).append(' ').append(value).append('\n');
  }

  /// A short name for the key, not necessarily its alone: whoever looks there compares the text.
  String shortName() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return Long.toHexString(hash);
  }
}
