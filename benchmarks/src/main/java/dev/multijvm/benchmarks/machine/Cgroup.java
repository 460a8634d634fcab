package dev.multijvm.benchmarks.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The control groups this process lives in, of either version: its share of processors and memory.
///
/// @param cpu the directories of the processor controller, from our own group upwards
/// @param memory those of the memory controller
record Cgroup(List<Path> cpu, List<Path> memory) {
  /// Version 1 writes its largest page-aligned number for "no limit".
  private static final long UNLIMITED = 1L << 60;

  Cgroup {
    cpu = List.copyOf(cpu);
    memory = List.copyOf(memory);
  }

  static Cgroup ofThisProcess() {
    return of(Proc.text(Path.of("/proc/self/cgroup")).orElse(""), Path.of("/sys/fs/cgroup"));
  }

  /// @param membership the text of `/proc/self/cgroup`
  /// @param mount where the control groups are mounted
  static Cgroup of(String membership, Path mount) {
    return new Cgroup(
        directories(membership, mount, "cpu"), directories(membership, mount, "memory"));
  }

  private static List<Path> directories(String membership, Path mount, String controller) {
    return membership
        .lines()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .filter(fields -> List.of(fields[1].split(",", -1)).contains(controller))
        .findFirst()
        .map(fields -> upwards(mount.resolve(controller), fields[2]))
        .orElseGet(() -> upwards(mount, unified(membership)));
  }

  private static String unified(String membership) {
    return membership
        .lines()
        .filter(line -> line.startsWith("0::"))
        .map(line -> line.substring(3))
        .findFirst()
        .orElse("/");
  }

  /// In a container the path may be one of the host, which is not there: what exists of it counts.
  private static List<Path> upwards(Path mount, String group) {
    List<Path> directories = new ArrayList<>();
    Path directory = mount.resolve(group.substring(1)).normalize();
    while (directory != null && directory.startsWith(mount)) {
      if (Files.isDirectory(directory)) {
        directories.add(directory);
      }
      directory = directory.getParent();
    }
    return directories;
  }

  /// The tightest quota, in processors.
  Optional<Double> quota() {
    return cpu.stream().flatMap(directory -> quota(directory).stream()).min(Double::compare);
  }

  private static Optional<Double> quota(Path directory) {
    return Proc.line(directory.resolve("cpu.max"))
        .or(() ->
            Proc.line(directory.resolve("cpu.cfs_quota_us"))
                .flatMap(quota ->
                    Proc.line(directory.resolve("cpu.cfs_period_us"))
                        .map(period -> quota + " " + period)))
        .filter(pair -> pair.matches("\\d+ \\d+"))
        .map(pair -> pair.split(" ", -1))
        .map(pair -> Double.parseDouble(pair[0]) / Double.parseDouble(pair[1]));
  }

  /// The tightest limit of memory, in bytes.
  Optional<Long> memoryLimit() {
    return memory.stream()
        .flatMap(directory ->
            Proc.line(directory.resolve("memory.max"))
                .or(() -> Proc.line(directory.resolve("memory.limit_in_bytes")))
                .stream())
        .filter(value -> value.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .filter(bytes -> bytes < UNLIMITED)
        .min(Long::compare);
  }

  /// For how long our group has been kept from running by its quota, in milliseconds.
  Optional<Double> throttledMillis() {
    return cpu.stream()
        .findFirst()
        .flatMap(directory -> Proc.text(directory.resolve("cpu.stat")))
        .flatMap(text ->
            field(text, "throttled_usec ", micros -> micros / 1e3)
                .or(() -> field(text, "throttled_time ", nanos -> nanos / 1e6)));
  }

  private static Optional<Double> field(
      String text, String name, Function<Double, Double> toMillis) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> Double.valueOf(line.substring(name.length())))
        .map(toMillis)
        .findFirst();
  }
}
