package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.MachineReading;
import dev.multijvm.benchmarks.plan.Variant;
import dev.multijvm.benchmarks.slot.SlotRecord.Jvm;
import dev.multijvm.multiprocessing.WorkerLostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Launches one slot at a time: JMH starts a fresh fork of one variant from this JVM, and nothing
/// of it is left afterwards.
public final class Launcher {
  private static final String SUITES = "dev.multijvm.benchmarks.suite.";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// As a shell shows SIGKILL and SIGTERM.
  private static final List<Integer> KILLS = List.of(128 + 9, 128 + 15);

  private static final String FORK_ENDED = "Forked VM failed with exit code ";
  private static final JsonMapper JSON = new JsonMapper();

  private final SlotMark mark;

  /// @param token by which the processes of this run are known, unique among runs
  public Launcher(String token) {
    mark = new SlotMark(token);
  }

  /// What came of a launch.
  ///
  /// @param result JMH's; `null` where the benchmark failed
  /// @param problems why the slot failed; empty if it did not
  /// @param killed which of its processes somebody killed; empty if nobody did
  /// @param leftBehind processes that had to be killed after the fork had ended
  /// @param seconds until no process was left
  /// @param jmhSeconds what JMH took of them, without what the accounting in its fork took
  public record Outcome(
      Instant started,
      double seconds,
      double jmhSeconds,
      @Nullable RunResult result,
      @Nullable JsonNode json,
      List<Double> warmup,
      List<Jvm> processes,
      List<String> problems,
      List<String> killed,
      List<String> leftBehind,
      MachineReading before,
      MachineReading after) {}

  /// Runs a slot to its end.
  ///
  /// @param log where JMH's output goes; its directory exists
  /// @param deadline after which all processes of the slot are killed
  public Outcome launch(Variant variant, List<String> forkArguments, Path log, Duration deadline)
      throws IOException, InterruptedException {
    Path commands = log.resolveSibling(log.getFileName() + ".jvms");
    List<String> problems = new ArrayList<>();
    List<String> killed = new ArrayList<>();
    Instant started = Instant.now();
    MachineReading before = MachineReading.now();
    @Nullable RunResult result = null;
    List<Double> warmup;
    long handedOver = System.nanoTime();
    try (PrintStream out = new PrintStream(log.toFile(), StandardCharsets.UTF_8);
        Deadline watch = new Deadline(deadline, mark)) {
      SlotOutput output =
          new SlotOutput(OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL));
      try {
        result = only(new Runner(options(variant, forkArguments, commands), output).run());
      } catch (RunnerException e) {
        Throwable cause = cause(e);
        if (watch.hasPassed()) {
          problems.add("did not end within " + deadline.toSeconds() + " s");
        } else if (isKill(cause)) {
          killed.add(told(cause));
        } else {
          problems.add(told(cause));
        }
      }
      warmup = output.warmup();
    }
    double jmhSeconds = (System.nanoTime() - handedOver) / 1e9 - accountingSeconds(result);
    List<String> leftBehind = sweep();
    MachineReading after = MachineReading.now();
    return new Outcome(
        started,
        (after.nanos() - before.nanos()) / 1e9,
        jmhSeconds,
        result,
        result == null ? null : json(result),
        warmup,
        processes(commands),
        problems,
        killed,
        leftBehind,
        before,
        after);
  }

  private Options options(Variant variant, List<String> forkArguments, Path commands) {
    String method = SUITES + variant.className() + "." + variant.caseName();
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(method) + "$")
            .forks(1)
            .jvmArgs()
            .jvmArgsAppend(forkArguments.toArray(String[]::new))
            .shouldFailOnError(true)
            .addProfiler(TreeProfiler.class, commands.toString());
    mark.addTo(options);
    for (Map.Entry<String, String> parameter : variant.parameters().entrySet()) {
      options.param(parameter.getKey(), parameter.getValue());
    }
    return options.build();
  }

  private static RunResult only(Collection<RunResult> results) throws RunnerException {
    if (results.size() != 1) {
      throw new RunnerException("one variant gave " + results.size() + " results");
    }
    return results.iterator().next();
  }

  /// What the benchmark threw, which JMH hides behind exceptions of its own.
  private static Throwable cause(Throwable failure) {
    Throwable[] suppressed = failure.getSuppressed();
    Throwable behind = suppressed.length > 0 ? suppressed[0] : failure.getCause();
    return behind == null ? failure : cause(behind);
  }

  private static String told(Throwable failure) {
    return failure.toString().lines().findFirst().orElse("unknown failure");
  }

  /// Whether a worker, or the fork itself, was ended by a signal that nothing raises by itself: by
  /// somebody, or by a kernel without memory.
  private static boolean isKill(Throwable cause) {
    return cause instanceof WorkerLostException lost
        ? KILLS.contains(lost.exitCode())
        : KILLS.stream().anyMatch(code -> told(cause).endsWith(FORK_ENDED + code));
  }

  private static double accountingSeconds(@Nullable RunResult result) {
    if (result == null) {
      return 0;
    }
    Result<?> millis = result.getSecondaryResults().get(TreeProfiler.TIME);
    return millis == null ? 0 : millis.getScore() / 1e3;
  }

  private static JsonNode json(RunResult result) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
    }
    return JSON.readTree(bytes.toByteArray()).get(0);
  }

  /// Waits until no process of the slot is left, and kills what does not go. What not even that
  /// ends hangs in the kernel; it is named with the others.
  private List<String> sweep() throws InterruptedException {
    List<String> names = outlasting(_ -> {}).stream().map(Launcher::name).toList();
    if (!names.isEmpty()) {
      var _ = outlasting(ProcessHandle::destroyForcibly);
    }
    return names;
  }

  /// The processes of the slot that our patience does not outlast, though at each look all there
  /// are get this treatment.
  private List<ProcessHandle> outlasting(Consumer<ProcessHandle> treatment)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<ProcessHandle> left = mark.processes();
    while (!left.isEmpty() && System.nanoTime() < end) {
      left.forEach(treatment);
      Thread.sleep(10);
      left = mark.processes();
    }
    return left;
  }

  private static String name(ProcessHandle process) {
    return "pid "
        + process.pid()
        + process
            .info()
            .command()
            .map(command -> " (" + Path.of(command).getFileName() + ")")
            .orElse("");
  }

  private static List<Jvm> processes(Path commands) throws IOException {
    if (!Files.exists(commands)) {
      return List.of();
    }
    List<Jvm> processes = new ArrayList<>();
    for (String line : Files.readAllLines(commands)) {
      processes.add(
          new Jvm(
              processes.isEmpty() ? "fork" : "worker",
              JvmFlags.of(Arrays.asList(line.split("\t", -1)))));
    }
    Files.delete(commands);
    return processes;
  }

  /// Kills all processes of the slot that runs, so that [#launch] returns with a failure. For
  /// another thread.
  public void kill() {
    mark.processes().forEach(ProcessHandle::destroyForcibly);
  }

  /// Whether any process of a slot lives.
  public boolean isIdle() {
    return mark.processes().isEmpty();
  }
}
