package dev.multijvm.benchmarks.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out about processors, memory and virtualisation from the kernel's files.
final class Hardware {
  private static final Path DEVICES = Path.of("/sys/devices/system");
  private static final long KIB_PER_MIB = 1024;
  private static final long BYTES_PER_MIB = 1024 * 1024;

  private Hardware() {}

  static Environment.Cpu cpu(Cgroup cgroup) {
    String info = Proc.text(Path.of("/proc/cpuinfo")).orElse("");
    Path frequency = DEVICES.resolve("cpu/cpu0/cpufreq");
    return new Environment.Cpu(
        model(info).orElse(null),
        System.getProperty("os.arch"),
        CpuTimes.now().map(CpuTimes::processors).orElse(null),
        cores(info).orElse(null),
        Runtime.getRuntime().availableProcessors(),
        cgroup.quota().orElse(null),
        flag(DEVICES.resolve("cpu/smt/active"), "1"),
        Proc.line(frequency.resolve("scaling_governor")).orElse(null),
        turbo(),
        Proc.line(DEVICES.resolve("clocksource/clocksource0/current_clocksource")).orElse(null));
  }

  static Optional<String> model(String cpuinfo) {
    return value(cpuinfo, "model name").or(() -> value(cpuinfo, "Model"));
  }

  /// Distinct pairs of socket and core; where the kernel does not tell them (AArch64), unknown.
  static Optional<Integer> cores(String cpuinfo) {
    Set<String> cores = new HashSet<>();
    for (String processor : cpuinfo.split("\n\n", -1)) {
      value(processor, "core id")
          .ifPresent(core -> cores.add(value(processor, "physical id").orElse("0") + "/" + core));
    }
    return cores.isEmpty() ? Optional.empty() : Optional.of(cores.size());
  }

  private static Optional<String> value(String cpuinfo, String name) {
    return cpuinfo
        .lines()
        .filter(line -> line.matches(name + "\\s*:.*"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  private static @Nullable Boolean turbo() {
    Boolean off = flag(DEVICES.resolve("cpu/intel_pstate/no_turbo"), "1");
    return off == null ? flag(DEVICES.resolve("cpu/cpufreq/boost"), "1") : Boolean.valueOf(!off);
  }

  private static @Nullable Boolean flag(Path file, String yes) {
    return Proc.line(file).map(yes::equals).orElse(null);
  }

  static Environment.Memory memory(Cgroup cgroup) {
    String info = Proc.text(Path.of("/proc/meminfo")).orElse("");
    return new Environment.Memory(
        Proc.number(info, "MemTotal").map(kib -> kib / KIB_PER_MIB).orElse(null),
        Proc.number(info, "MemAvailable").map(kib -> kib / KIB_PER_MIB).orElse(null),
        cgroup.memoryLimit().map(bytes -> bytes / BYTES_PER_MIB).orElse(null));
  }

  static Environment.Virtualisation virtualisation() {
    Boolean virtual =
        Proc.text(Path.of("/proc/cpuinfo"))
            .flatMap(info -> value(info, "flags"))
            .map(flags -> (" " + flags + " ").contains(" hypervisor "))
            .orElse(null);
    return new Environment.Virtualisation(
        virtual, Proc.line(Path.of("/sys/class/dmi/id/sys_vendor")).orElse(null), container());
  }

  private static @Nullable String container() {
    String groups = Proc.text(Path.of("/proc/1/cgroup")).orElse("");
    if (groups.contains("kubepods")) {
      return "kubernetes";
    }
    if (Files.exists(Path.of("/.dockerenv")) || groups.contains("/docker")) {
      return "docker";
    }
    if (Files.exists(Path.of("/run/.containerenv"))) {
      return "podman";
    }
    if (groups.contains("/lxc")) {
      return "lxc";
    }
    return System.getenv("container") == null ? null : "other";
  }
}
