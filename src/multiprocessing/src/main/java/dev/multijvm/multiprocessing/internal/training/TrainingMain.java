package dev.multijvm.multiprocessing.internal.training;

import dev.multijvm.multiprocessing.PoolOptions;
import dev.multijvm.multiprocessing.ProcessPool;
import dev.multijvm.multiprocessing.StartMethod;
import dev.multijvm.multiprocessing.internal.child.ChildMain;
import dev.multijvm.multiprocessing.internal.launch.ChildJvm;
import dev.multijvm.multiprocessing.internal.launch.JvmCommand;
import dev.multijvm.multiprocessing.internal.launch.ParentWatch;
import dev.multijvm.multiprocessing.internal.worker.SampleRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Makes a cache, in two steps: a real worker of a real pool runs a few tasks and records which
/// classes that took, then another JVM assembles the cache from the record. Neither runs a line of
/// the user's code.
///
/// Its arguments are the parent's pid, the file to assemble, and the JVM arguments that the user
/// gives to children.
public final class TrainingMain {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TrainingMain() {}

  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    ParentWatch.arm(Long.parseLong(args[0]));
    Path cache = Path.of(args[1]);
    List<String> jvmArguments = Arrays.asList(args).subList(2, args.length);
    Path record = Files.createTempFile(cache.getParent(), "record", ".tmp");
    try {
      rehearse(with(jvmArguments, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + record));
      assemble(
          with(
              jvmArguments,
              "-XX:AOTMode=create",
              "-XX:AOTConfiguration=" + record,
              "-XX:AOTCache=" + cache));
    } finally {
      Files.deleteIfExists(record);
    }
  }

  private static List<String> with(List<String> jvmArguments, String... further) {
    List<String> all = new ArrayList<>(jvmArguments);
    all.addAll(List.of(further));
    return all;
  }

  /// What workers do most: tasks with captured values, records, and a function over a list.
  private static void rehearse(List<String> jvmArguments)
      throws InterruptedException, ExecutionException {
    PoolOptions options =
        PoolOptions.defaults()
            .withWorkers(1)
            .withStartMethod(StartMethod.PLAIN)
            .withJvmArguments(jvmArguments)
            .withExitTimeout(PATIENCE);
    try (ProcessPool pool = ProcessPool.open(options)) {
      int number = 40;
      String text = "text";
      pool.submit(() -> number + 2).get();
      pool.submit(() -> text + number).get();
      pool.submit(() -> System.out.println(text)).get();
      pool.submit(new SampleRecord(number, number, text)).get();
      pool.map((Integer n) -> n * n, List.of(1, 2, 3));
    }
  }

  /// The main class is only named: this JVM runs none.
  private static void assemble(List<String> jvmArguments) throws IOException, InterruptedException {
    JvmCommand command = JvmCommand.of(ChildMain.class).withJvmArguments(jvmArguments);
    try (ChildJvm child = ChildJvm.startHidden(command, "assembly")) {
      child.pumpStandardOutput();
      if (!child.awaitEnd(PATIENCE) || !child.end().status().isSuccess()) {
        throw new IOException("the cache could not be assembled: " + child.end());
      }
    }
  }
}
