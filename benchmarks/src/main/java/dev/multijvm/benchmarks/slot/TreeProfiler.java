package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.mode.Readings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/// Accounts the whole process tree of a fork: CPU time for one operation, memory, and the flags of
/// every JVM.
///
/// Readings are taken outside the clock; nothing polls. They are plain loops, as in [ProcessTree].
/// CPU time covers the measured iterations only: the living descendants and what has been reaped,
/// so a pool that opens and closes inside an operation is counted in full. JMH calls profilers
/// before the first iteration's set-up and after the last one's tear-down, so a suite that keeps a
/// pool says [#begin] once it is open and [#end] before it is closed. The fork also ends when its
/// host dies ([HostWatch]).
///
/// By hand: `java -jar benchmarks.jar -prof dev.multijvm.benchmarks.slot.TreeProfiler`. The option,
/// if any, is the path of a file to which the command lines of the tree's JVMs are written, one a
/// line, arguments separated by tabs.
public final class TreeProfiler implements InternalProfiler {
  /// Milliseconds of CPU time for one operation, in each measured iteration.
  public static final String CPU = "tree.cpu";

  /// MiB; absent where processes have come and gone inside the clock.
  public static final String PSS = "tree.pss";

  public static final String PEAK = "tree.peak";

  /// MiB of pages that belong to the program alone, so to none of its workers.
  public static final String PROGRAM_PRIVATE = "tree.program.private";

  /// How many workers there are in processes of their own.
  public static final String WORKERS = "tree.workers";

  /// MiB of a worker's pages that no other process maps: the median over workers.
  public static final String WORKER_PRIVATE = "tree.worker.private";

  /// MiB of a worker's pages that others map too: the median over workers.
  public static final String WORKER_SHARED = "tree.worker.shared";

  /// The mean by a clock inside the operation, in the benchmark's unit: what counts where there is
  /// one.
  public static final String INNER = "inner";

  /// Milliseconds that the profiler itself took of the slot, all of them outside the clock.
  static final String TIME = "tree.time";

  /// All names of its own: any other was told by the suite.
  static final Set<String> OWN =
      Set.of(CPU, PSS, PEAK, PROGRAM_PRIVATE, WORKERS, WORKER_PRIVATE, WORKER_SHARED, INNER, TIME);

  private static final double KIB_PER_MIB = 1024;

  /// The profiler that the suites' calls are for; written when its first iteration begins.
  private static volatile @Nullable TreeProfiler current;

  private final @Nullable Path commandsFile;
  private final List<Long> allInnerNanos = new ArrayList<>();
  private int measured;
  private Optional<ProcessTree> start = Optional.empty();
  private long ownNanos;
  private volatile @Nullable End end;

  /// What was read when the measured work was over.
  private record End(Optional<ProcessTree> tree, Optional<ProcessTree.Memory> memory) {
    /// Whether processes have come and gone since.
    boolean hasReapedSince(Optional<ProcessTree> start) {
      return start.isPresent()
          && tree.isPresent()
          && tree.get().reapedMillis() != start.get().reapedMillis();
    }
  }

  public TreeProfiler() {
    this("");
  }

  public TreeProfiler(String commandsFile) {
    this.commandsFile = commandsFile.isEmpty() ? null : Path.of(commandsFile);
  }

  /// To be called last thing in a trial's set-up. Does nothing without this profiler.
  public static void begin() {
    TreeProfiler profiler = current;
    if (profiler != null) {
      profiler.readStart();
    }
  }

  /// To be called first thing in a trial's tear-down, while the pool still lives. Does nothing
  /// without this profiler.
  public static void end() {
    TreeProfiler profiler = current;
    if (profiler != null) {
      profiler.readEnd();
    }
  }

  private void readStart() {
    long began = System.nanoTime();
    start = ProcessTree.now();
    ownNanos += System.nanoTime() - began;
  }

  private void readEnd() {
    long began = System.nanoTime();
    Optional<ProcessTree> tree = ProcessTree.now();
    end = new End(tree, tree.isPresent() ? tree.get().memory() : Optional.empty());
    if (tree.isPresent() && commandsFile != null) {
      write(tree.get().javaCommands(), commandsFile);
    }
    ownNanos += System.nanoTime() - began;
  }

  private static void write(List<List<String>> commands, Path file) {
    List<String> lines = new ArrayList<>();
    for (List<String> command : commands) {
      lines.add(String.join("\t", command));
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new IllegalStateException("the command lines of the fork's tree are not written", e);
    }
  }

  @Override
  public String getDescription() {
    return "CPU time, memory and flags of the whole process tree, from /proc";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    if (current != this) {
      current = this;
      HostWatch.arm();
    }
    if (iteration.getType() == IterationType.MEASUREMENT) {
      readStart();
    }
  }

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long began = System.nanoTime();
    boolean last =
        iteration.getType() == IterationType.MEASUREMENT && ++measured == iteration.getCount();
    if (last && end == null) {
      readEnd();
      began = System.nanoTime();
    }
    List<ScalarResult> results = results(benchmark, iteration, result, last);
    ownNanos += System.nanoTime() - began;
    if (last) {
      results.add(total(TIME, ownNanos / 1e6, "ms"));
    }
    return results;
  }

  private List<ScalarResult> results(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result, boolean last) {
    List<Long> innerNanos = Readings.takeInner();
    double unitNanos = benchmark.getTimeUnit().toNanos(1);
    List<ScalarResult> results = new ArrayList<>();
    if (!innerNanos.isEmpty()) {
      results.add(mean(INNER, mean(innerNanos) / unitNanos, result.getScoreUnit()));
    }
    if (iteration.getType() != IterationType.MEASUREMENT) {
      Readings.take();
      return results;
    }
    allInnerNanos.addAll(innerNanos);
    if (last) {
      Readings.Taken taken = Readings.take();
      taken.numbers().forEach((name, value) -> results.add(total(name, value, "")));
      List<Long> nanos = benchmark.getMode() == Mode.SampleTime ? allInnerNanos : taken.eachNanos();
      Readings.percentiles(nanos.stream().mapToDouble(it -> it / unitNanos).toArray())
          .forEach((name, value) -> results.add(total(name, value, result.getScoreUnit())));
    }
    End atEnd = last ? end : null;
    Optional<ProcessTree> after = atEnd == null ? ProcessTree.now() : atEnd.tree;
    if (start.isPresent() && after.isPresent()) {
      double cpu = after.get().cpuMillis() - start.get().cpuMillis();
      double perOperation = cpu / result.getMetadata().getAllOps();
      results.add(mean(CPU, perOperation, "ms/op"));
    }
    if (atEnd != null && atEnd.memory.isPresent() && !atEnd.hasReapedSince(start)) {
      addMemory(atEnd.memory.get(), results);
    }
    return results;
  }

  private static double mean(List<Long> nanos) {
    double sum = 0;
    for (long one : nanos) {
      sum += one;
    }
    return sum / nanos.size();
  }

  private static void addMemory(ProcessTree.Memory memory, List<ScalarResult> results) {
    results.add(mebibytes(PSS, (double) memory.pssKib()));
    results.add(mebibytes(PEAK, (double) memory.peakKib()));
    results.add(mebibytes(PROGRAM_PRIVATE, (double) memory.programPrivateKib()));
    results.add(total(WORKERS, memory.workerCount(), ""));
    if (memory.workerCount() > 0) {
      results.add(mebibytes(WORKER_PRIVATE, memory.workerPrivateKib()));
      results.add(mebibytes(WORKER_SHARED, memory.workerSharedKib()));
    }
  }

  private static ScalarResult mebibytes(String label, double kib) {
    return total(label, kib / KIB_PER_MIB, "MiB");
  }

  private static ScalarResult mean(String label, double value, String unit) {
    return new ScalarResult(label, value, unit, AggregationPolicy.AVG);
  }

  /// What is known after the last iteration only. JMH takes iterations without a value for zeros,
  /// so the greatest is the one.
  private static ScalarResult total(String label, double value, String unit) {
    return new ScalarResult(label, value, unit, AggregationPolicy.MAX);
  }
}
