package dev.multijvm.benchmarks.slot;

import dev.multijvm.benchmarks.machine.Proc;
import dev.multijvm.benchmarks.machine.ProcessStat;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// Marks all processes of a slot by a variable in their environment, which descendants inherit. So
/// they are found even when the fork between them and the runner has been killed and they hang on
/// to process 1.
///
/// Where there is no `/proc`, only living descendants of the runner are found.
public final class SlotMark implements ExternalProfiler {
  private static final String VARIABLE = "MULTIJVM_SLOT";
  private static final Path ENV = Path.of("/usr/bin/env");
  private static final Path PROC = Path.of("/proc");

  private final String token;

  /// @param token unique among runs
  public SlotMark(String token) {
    this.token = token;
  }

  /// Lets JMH start its fork with the mark.
  void addTo(ChainedOptionsBuilder options) {
    options.addProfiler(SlotMark.class, token);
  }

  /// The living processes that bear the mark, or descend from this one.
  List<ProcessHandle> processes() {
    return Stream.concat(ProcessHandle.current().descendants(), marked().stream())
        .distinct()
        .filter(SlotMark::lives)
        .toList();
  }

  private static boolean lives(ProcessHandle process) {
    return process.isAlive()
        && ProcessStat.of(process.pid()).map(stat -> !stat.ended()).orElse(true);
  }

  private List<ProcessHandle> marked() {
    List<ProcessHandle> marked = new ArrayList<>();
    String variable = VARIABLE + "=" + token + "\0";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (Proc.text(process.resolve("environ")).orElse("").contains(variable)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(marked::add);
        }
      }
    } catch (IOException _) {
      return List.of();
    }
    return marked;
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return Files.isExecutable(ENV) ? List.of(ENV.toString(), VARIABLE + "=" + token) : List.of();
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams params) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File stdOut, File stdErr) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "marks the processes of a slot";
  }
}
