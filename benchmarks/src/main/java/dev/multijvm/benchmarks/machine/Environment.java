package dev.multijvm.benchmarks.machine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The machine and the software of a run, as `environment.json` keeps them. What could not be found
/// out is `null`; names of hosts and users and paths are never in it.
public record Environment(
    String format,
    Instant started,
    @Nullable String version,
    @Nullable Git git,
    Cpu cpu,
    Memory memory,
    Os os,
    Virtualisation virtualisation,
    Java java,
    @JsonProperty("jmh") String jmhVersion,
    @Nullable String python,
    @Nullable List<Double> load,
    List<String> warnings) {
  public static final String FORMAT = "multijvm-environment/1";

  /// The sources the benchmarks were built from.
  ///
  /// @param revision of the sources the benchmarks were built in
  /// @param dirty whether files there differed from it when the run began
  public record Git(String revision, boolean dirty) {}

  /// The processors.
  ///
  /// @param model as the processor calls itself
  /// @param online processors the kernel uses
  /// @param cores of which so many have their own execution units
  /// @param visible processors as this JVM counts them, after affinity and quota
  /// @param quota processors' worth of time that the control groups allow; `null` where they set
  ///   none
  /// @param smt whether cores are shared by several threads
  /// @param governor of the frequency, such as `performance`
  /// @param turbo whether the frequency may go beyond its nominal value
  /// @param clockSource of the kernel, such as `tsc`
  public record Cpu(
      @Nullable String model,
      String architecture,
      @Nullable Integer online,
      @Nullable Integer cores,
      int visible,
      @Nullable Double quota,
      @Nullable Boolean smt,
      @Nullable String governor,
      @Nullable Boolean turbo,
      @Nullable String clockSource) {}

  /// Main memory.
  ///
  /// @param limitMiB of the control groups; `null` where they set none
  public record Memory(
      @Nullable Long totalMiB, @Nullable Long availableMiB, @Nullable Long limitMiB) {}

  /// The operating system.
  ///
  /// @param version the kernel's release
  public record Os(String name, String version) {}

  /// What stands between the kernel and the hardware.
  ///
  /// @param virtual whether the processor says that it is a guest's
  /// @param product what the firmware calls the machine, such as a cloud's name
  /// @param container `docker`, `podman`, `kubernetes`, `lxc` or `other`; `null` where there is no
  ///   sign of one
  public record Virtualisation(
      @Nullable Boolean virtual, @Nullable String product, @Nullable String container) {}

  /// The JDK that measures.
  ///
  /// @param arguments of the runner's own JVM, without values that are paths
  public record Java(String vendor, String version, String vm, List<String> arguments) {}

  public Environment {
    load = load == null ? null : List.copyOf(load);
    warnings = List.copyOf(warnings);
  }

  /// Looks around, which takes some tens of milliseconds (`git` and `python3` are asked).
  ///
  /// @param started the instant the run began
  /// @param arguments of the runner's own JVM, ready to be published
  public static Environment here(Instant started, List<String> arguments) {
    String version = Runtime.version().toString();
    Cgroup cgroup = Cgroup.ofThisProcess();
    return new Environment(
        FORMAT,
        started,
        Software.ownVersion().orElse(null),
        Software.git().orElse(null),
        Hardware.cpu(cgroup),
        Hardware.memory(cgroup),
        new Os(System.getProperty("os.name"), System.getProperty("os.version")),
        Hardware.virtualisation(),
        new Java(
            System.getProperty("java.vendor"),
            version,
            System.getProperty("java.vm.name"),
            List.copyOf(arguments)),
        Software.jmhVersion(),
        Software.python().orElse(null),
        MachineReading.loads().map(Environment::list).orElse(null),
        warnings(Runtime.version()));
  }

  private static List<Double> list(double[] loads) {
    return List.of(loads[0], loads[1], loads[2]);
  }

  static List<String> warnings(Runtime.Version version) {
    List<String> warnings = new ArrayList<>();
    if (version.compareToIgnoreOptional(Runtime.Version.parse("25.0.3")) < 0) {
      warnings.add(
          "JDK "
              + version
              + " is older than 25.0.3: G1 can corrupt pinned objects there (JDK-8377811)");
    }
    return warnings;
  }

  /// The machine and its JDK in a line, by which what was learnt about them is found again.
  public String machine() {
    return String.join(
        ", ",
        String.valueOf(cpu.model),
        cpu.visible + " of " + cpu.online + " processors",
        "quota " + cpu.quota,
        os.name + " " + os.version,
        "JDK " + java.version);
  }

  /// Why slots measured in another environment do not belong to the same run; empty where they do.
  public List<String> differencesFrom(Environment other) {
    List<String> differences = new ArrayList<>();
    compare("version", version, other.version, differences);
    compare("git revision", git, other.git, differences);
    compare("processor", cpu.model, other.cpu.model, differences);
    compare("visible processors", cpu.visible, other.cpu.visible, differences);
    compare("quota", cpu.quota, other.cpu.quota, differences);
    compare("kernel", os, other.os, differences);
    compare("JDK", java.version, other.java.version, differences);
    return differences;
  }

  private static void compare(
      String name, @Nullable Object ours, @Nullable Object theirs, List<String> differences) {
    if (ours == null ? theirs != null : !ours.equals(theirs)) {
      differences.add(name + ": " + theirs + " then, " + ours + " now");
    }
  }
}
