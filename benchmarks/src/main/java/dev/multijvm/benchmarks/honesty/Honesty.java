package dev.multijvm.benchmarks.honesty;

import dev.multijvm.benchmarks.exchange.Adding;
import dev.multijvm.benchmarks.exchange.Allocation;
import dev.multijvm.benchmarks.exchange.Latencies;
import dev.multijvm.benchmarks.exchange.LockTurns;
import dev.multijvm.benchmarks.exchange.Tally;
import dev.multijvm.benchmarks.suite.AllocationSuite;
import dev.multijvm.benchmarks.suite.ControlSuite;
import dev.multijvm.benchmarks.suite.CountingSuite;
import dev.multijvm.benchmarks.suite.DispatchSuite;
import dev.multijvm.benchmarks.suite.LockSuite;
import dev.multijvm.benchmarks.suite.OversubscriptionSuite;
import dev.multijvm.benchmarks.suite.PayloadSuite;
import dev.multijvm.benchmarks.suite.RangeSumSuite;
import dev.multijvm.benchmarks.suite.SharedValueSuite;
import dev.multijvm.benchmarks.suite.ThumbnailSuite;
import dev.multijvm.benchmarks.workload.Blur;
import dev.multijvm.benchmarks.workload.CountingLoop;
import dev.multijvm.benchmarks.workload.Filling;
import dev.multijvm.benchmarks.workload.RangeSum;
import dev.multijvm.benchmarks.workload.Ruler;
import dev.multijvm.benchmarks.workload.Squares;
import dev.multijvm.benchmarks.workload.SteppedWorkload;
import dev.multijvm.multiprocessing.SharedLong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The gates that all kernels pass in a JVM of their own before a run's times count.
///
/// `java -cp benchmarks.jar dev.multijvm.benchmarks.honesty.Honesty OUT` writes `OUT` and exits
/// with 3 if a kernel failed, which it names on stderr.
public final class Honesty {

  private static final Ruler RULER = new Ruler(1_000_000);
  private static final Class<?> VALUES = SharedValueSuite.class;

  private Honesty() {}

  /// Judges every kernel, writes what was seen and exits.
  ///
  /// @param args the file to write
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: Honesty OUT");
      System.exit(2);
    }
    var gate = Gate.measuredBy(RULER);
    var judged = judgeAll(gate);
    write(Path.of(args[0]), gate, judged);
    var failed = judged.stream().map(Judged::finding).filter(finding -> !finding.honest()).toList();
    failed.forEach(finding -> System.err.println(finding.verdict()));
    System.exit(failed.isEmpty() ? 0 : 3);
  }

  /// Judges every kernel that has a length.
  static List<Judged> judgeAll(Gate gate) throws IOException {
    try (var number = SharedLong.create(0);
        var room = SharedLong.create(0);
        var latencies = Latencies.open()) {
      return Stream.of(
              Gated.of(RULER),
              Gated.of(
                  new CountingLoop(2_000_000),
                  CountingSuite.class,
                  ControlSuite.class,
                  OversubscriptionSuite.class),
              Gated.of(new RangeSum(1, 8_000_000), RangeSumSuite.class),
              Gated.of(new Squares(1, 250_000), DispatchSuite.class),
              Gated.of(new Adding(new Tally.OfThreads(new AtomicLong()), 500_000), VALUES),
              Gated.of(new Adding(new Tally.OfProcesses(number), 500_000), VALUES),
              Gated.of(new LockTurns(new ReentrantLock(), room, 100_000, 0), LockSuite.class),
              Gated.of(new Allocation(latencies, 100, 400), AllocationSuite.class),
              Gated.of(new Filling(200), PayloadSuite.class),
              Gated.of(new Blur(200), ThumbnailSuite.class))
          .map(gated -> gated.judgedBy(gate))
          .toList();
    }
  }

  private static void write(Path out, Gate gate, List<Judged> judged) throws IOException {
    var json = new LinkedHashMap<String, Object>();
    json.put("format", "multijvm-honesty/1");
    json.put("cycleNanos", gate.cycleNanos());
    json.put("kernels", judged.stream().map(Judged::json).toList());
    Files.writeString(
        out,
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(json)
            + "\n");
  }

  /// A kernel and the suites whose times mean nothing if it fails; none for the ruler, by which all
  /// are judged.
  private record Gated(SteppedWorkload kernel, List<Class<?>> suites) {

    static Gated of(SteppedWorkload kernel, Class<?>... suites) {
      return new Gated(kernel, List.of(suites));
    }

    Judged judgedBy(Gate gate) {
      return new Judged(gate.judge(kernel), suites);
    }
  }

  record Judged(Finding finding, List<Class<?>> suites) {

    Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("kernel", finding.kernel());
      json.put("version", finding.version());
      json.put("suites", suites.stream().map(Class::getSimpleName).toList());
      json.put("answerOk", finding.answerOk());
      json.put("nanosPerStep", finding.nanosPerStep());
      json.put("cyclesPerStep", finding.cyclesPerStep());
      json.put("floorCycles", finding.floorCycles());
      json.put("linearity", finding.linearity());
      json.put("verdict", finding.verdict());
      return json;
    }
  }
}
