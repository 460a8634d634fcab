package dev.multijvm.multiprocessing.internal.training;

import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes a cache, in two steps: one JVM does what a child does and records which classes it took,
/// another assembles the cache from the record. Neither runs a line of the user's code.
///
/// Its arguments are the parent's pid, the file to assemble, and the JVM arguments that the user
/// gives to children.
public final class TrainingMain {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TrainingMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ParentWatch.arm(Long.parseLong(args[0]));
    Path cache = Path.of(args[1]);
    List<String> jvmArguments = Arrays.asList(args).subList(2, args.length);
    Path record = Files.createTempFile(cache.getParent(), "record", ".tmp");
    try {
      run(jvmArguments, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + record);
      run(
          jvmArguments,
          "-XX:AOTMode=create",
          "-XX:AOTConfiguration=" + record,
          "-XX:AOTCache=" + cache);
    } finally {
      Files.deleteIfExists(record);
    }
  }

  private static void run(List<String> jvmArguments, String... further)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(jvmArguments);
    all.addAll(List.of(further));
    String self = Long.toString(ProcessHandle.current().pid());
    JvmCommand command = JvmCommand.of(RehearsalMain.class, self).withJvmArguments(all);
    try (ChildJvm child = ChildJvm.startHidden(command, "rehearsal")) {
      child.pumpStandardOutput();
      if (!child.awaitEnd(PATIENCE) || !child.end().status().isSuccess()) {
        throw new IOException(further[0] + ": " + child.end());
      }
    }
  }
}
