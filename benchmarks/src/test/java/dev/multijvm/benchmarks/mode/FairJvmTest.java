package dev.multijvm.benchmarks.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairJvmTest {

  private static final Pattern HEAP = Pattern.compile("-Xmx([0-9]+)m");

  /// What a JVM derives from the size of its heap, where the JVM itself writes, and where the class
  /// archive came to lie.
  private static final Pattern MAY_DIFFER =
      Pattern.compile(
          ".*HeapSize|.*NewSize|MarkStackSize|DisplayVMOutput.*|ErrorFile|SharedBaseAddress");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64})
  void heapsSumUpToTheSameInEveryMode(int workers) {
    int threads = heapMiB(FairJvm.forkArguments(ExecutionMode.THREAD_POOL, workers));

    int processes =
        heapMiB(FairJvm.forkArguments(ExecutionMode.PROCESS_POOL, workers))
            + workers * heapMiB(FairJvm.workerArguments(workers));

    assertThat(processes).isEqualTo(threads);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void argumentsDifferInTheHeapAlone(int workers) {
    var fork = withoutHeap(FairJvm.forkArguments(ExecutionMode.SINGLE_THREAD, workers));

    assertThat(withoutHeap(FairJvm.forkArguments(ExecutionMode.PROCESS_POOL, workers)))
        .isEqualTo(fork);
    assertThat(withoutHeap(FairJvm.workerArguments(workers))).isEqualTo(fork);
  }

  /// Asks the JVMs themselves for all of their flags, some hundreds, defaults included.
  @Test
  void runningForkAndWorkersHaveTheSameFlagsButForTheHeap() throws Exception {
    var fork = startFork(ExecutionMode.PROCESS_POOL, 2);

    assertThat(fork.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(fork.exitValue()).as(Files.readString(directory.resolve("output"))).isZero();
    var processes = flagFiles();
    assertThat(processes).hasSize(3);
    for (var other : processes.subList(1, 3)) {
      assertThat(differences(processes.getFirst(), other))
          .allMatch(flag -> MAY_DIFFER.matcher(flag).matches());
    }
    assertThat(processes.getFirst()).containsEntry("UseG1GC", "true").hasSizeGreaterThan(200);
    assertThat(
            processes.stream().mapToLong(flags -> Long.parseLong(flags.get("MaxHeapSize"))).sum())
        .isEqualTo(FairJvm.heapMiB(2) * 1024L * 1024L);
  }

  private Process startFork(ExecutionMode mode, int workers) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FairJvm.forkArguments(mode, workers));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FlagsOfAllJvms.class.getName());
    command.addAll(List.of(mode.id(), Integer.toString(workers), directory.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private List<Map<String, String>> flagFiles() throws IOException {
    var processes = new ArrayList<Map<String, String>>();
    try (var files = Files.newDirectoryStream(directory, "*.flags")) {
      for (var file : files) {
        processes.add(flags(Files.readString(file)));
      }
    }
    return processes;
  }

  private static Map<String, String> flags(String listing) {
    var flags = new TreeMap<String, String>();
    Matcher line = Pattern.compile("(?m)^ *\\S+ (\\S+) += (.*?) +\\{.*$").matcher(listing);
    while (line.find()) {
      flags.put(line.group(1), line.group(2).trim());
    }
    return flags;
  }

  private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
    assertThat(other.keySet()).isEqualTo(one.keySet());
    var names = new TreeSet<>(one.keySet());
    names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
    return names;
  }

  private static int heapMiB(List<String> arguments) {
    return arguments.stream()
        .map(HEAP::matcher)
        .filter(Matcher::matches)
        .mapToInt(heap -> Integer.parseInt(heap.group(1)))
        .sum();
  }

  private static List<String> withoutHeap(List<String> arguments) {
    return arguments.stream().filter(argument -> !argument.matches("-Xm[sx].*")).toList();
  }
}
