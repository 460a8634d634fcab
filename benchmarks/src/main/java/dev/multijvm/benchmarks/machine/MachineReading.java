package dev.multijvm.benchmarks.machine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Counters of the machine and of our own process tree at one instant; two of them tell a
/// [MachineUse].
///
/// Our tree is counted as this process with what it has reaped, so readings are taken while it has
/// no living descendant.
///
/// @param nanos `System.nanoTime()`
/// @param treeMillis CPU time of this process and of all it has reaped
/// @param othersMillis CPU time of all other processes, where all are to be seen
/// @param pressureMicros for how long somebody has waited for a processor since boot
public record MachineReading(
    long nanos,
    @Nullable CpuTimes cpu,
    @Nullable Double treeMillis,
    @Nullable Double othersMillis,
    @Nullable Double load1,
    @Nullable Double pressureMicros,
    @Nullable Double throttledMillis) {
  private static final Pattern SOME = Pattern.compile("some .*total=(\\d+)");
  private static final Cgroup CGROUP = Cgroup.ofThisProcess();

  public static MachineReading now() {
    return new MachineReading(
        System.nanoTime(),
        CpuTimes.now().orElse(null),
        ProcessStat.ofThisProcess().map(it -> it.cpuMillis() + it.reapedMillis()).orElse(null),
        OtherProcesses.cpuMillis().orElse(null),
        loads().map(loads -> loads[0]).orElse(null),
        Proc.text(Path.of("/proc/pressure/cpu")).flatMap(MachineReading::some).orElse(null),
        CGROUP.throttledMillis().orElse(null));
  }

  static Optional<double[]> loads() {
    return Proc.line(Path.of("/proc/loadavg"))
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields.length > 2)
        .map(fields ->
            new double[] {
              Double.parseDouble(fields[0]),
              Double.parseDouble(fields[1]),
              Double.parseDouble(fields[2])
            });
  }

  static Optional<Double> some(String pressure) {
    Matcher matcher = SOME.matcher(pressure);
    return matcher.find() ? Optional.of(Double.valueOf(matcher.group(1))) : Optional.empty();
  }

  /// What happened between an earlier reading and this one.
  public MachineUse since(MachineReading earlier) {
    double elapsed = (nanos - earlier.nanos) / 1e6;
    Double pressure = difference(pressureMicros, earlier.pressureMicros);
    return new MachineUse(
        stealPercent(earlier, elapsed),
        foreignPercent(earlier, elapsed),
        load1,
        pressure == null ? null : percent(pressure / 1e3, elapsed),
        difference(throttledMillis, earlier.throttledMillis));
  }

  private @Nullable Double stealPercent(MachineReading earlier, double elapsed) {
    if (cpu == null || earlier.cpu == null) {
      return null;
    }
    return percent(cpu.stealMillis() - earlier.cpu.stealMillis(), elapsed * cpu.processors());
  }

  /// What other processes used; where they are not to be seen, the machine's busy time without
  /// ours.
  private @Nullable Double foreignPercent(MachineReading earlier, double elapsed) {
    Double others = difference(othersMillis, earlier.othersMillis);
    if (others != null && cpu != null) {
      return percent(others, elapsed * cpu.processors());
    }
    Double tree = difference(treeMillis, earlier.treeMillis);
    if (cpu == null || earlier.cpu == null || tree == null) {
      return null;
    }
    double all = elapsed * cpu.processors();
    double idle = cpu.idleMillis() - earlier.cpu.idleMillis();
    double steal = cpu.stealMillis() - earlier.cpu.stealMillis();
    return percent(all - idle - steal - tree, all);
  }

  /// Counters come in ticks, so a short span may seem to have used less than nothing.
  private static double percent(double part, double whole) {
    return Math.round(Math.max(0, 100 * part / whole) * 100) / 100.0;
  }

  private static @Nullable Double difference(@Nullable Double later, @Nullable Double earlier) {
    return later == null || earlier == null ? null : later - earlier;
  }
}
