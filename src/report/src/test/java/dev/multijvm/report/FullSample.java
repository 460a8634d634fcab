package dev.multijvm.report;

import java.util.List;
import java.util.Map;

/// What only the greatest effort measures, made like the rest of a [SampleRun]: more suites, more
/// modes, and suites that a report has never heard of.
final class FullSample {
  private static final List<String> MODES =
      List.of("single-thread", "thread-pool", "fork-join-pool", "virtual-threads", "process-pool");
  private static final List<String> SHARING =
      List.of("thread-pool", "process-pool", "python-threads", "python-processes");

  private final SampleRun run;

  private FullSample(SampleRun run) {
    this.run = run;
  }

  static void addTo(SampleRun run) {
    FullSample sample = new FullSample(run);
    sample.dispatch();
    sample.payload();
    sample.latency();
    sample.parts();
    sample.idle();
    sample.firstAnswers();
    sample.scaling();
    sample.recovery();
    sample.unheardOf();
  }

  private void dispatch() {
    for (int chunk = 1; chunk <= 10_000; chunk *= 10) {
      double[] handing = {0.02, 0.6, 0.35, 0.7, 2.4};
      for (int i = 0; i < MODES.size(); i++) {
        double work = 180.0 / (i == 0 || chunk == 10_000 ? 1 : 2);
        run.add(
            "dispatch/many:mode=" + MODES.get(i) + ",chunk=" + chunk,
            "workload",
            "us",
            "Squaring 10000 numbers in chunks of " + chunk,
            work + handing[i] * 10_000 / chunk,
            1,
            Map.of());
      }
    }
  }

  private void payload() {
    for (int bytes : new int[] {0, 1024, 65_536, 1_048_576, 16_777_216}) {
      for (int i = 0; i < MODES.size(); i++) {
        double perByte = i == MODES.size() - 1 ? 0.0004 : 0;
        run.add(
            "payload/argument:mode=" + MODES.get(i) + ",bytes=" + bytes,
            "workload",
            "us",
            "Sending " + bytes + " bytes to a task",
            (i == 0 ? 0.3 : 9 + i) + bytes * perByte,
            1,
            Map.of());
      }
    }
  }

  private void latency() {
    double[] half = {0, 14, 9, 16, 21};
    for (String way : List.of("asleep", "awake")) {
      for (int i = 1; i < MODES.size(); i++) {
        double p50 = half[i] * (way.equals("asleep") ? 3 : 1);
        run.add(
            "latency/" + way + ":mode=" + MODES.get(i),
            "workload",
            "us",
            "Asking a worker that is " + way,
            p50 * 1.1,
            1,
            Map.of("p50", p50, "p90", p50 * 1.5, "p99", p50 * 3.2, "p99.9", p50 * 40));
      }
    }
  }

  private void parts() {
    for (String transport : List.of("pipe", "unix", "tcp", "memory")) {
      for (int bytes : new int[] {64, 1_048_576}) {
        String title = bytes + " bytes there and back over " + transport;
        double time = transport.length() * (bytes == 64 ? 2.9 : 8);
        int items = bytes == 64 ? 1000 : 16;
        String parameters = ",transport=" + transport + ",bytes=" + bytes;
        messages("transport/roundTrip:mode=process-pool" + parameters, title, time, items);
        messages("transport/roundTrip:mode=python-processes" + parameters, title, time * 4, items);
      }
    }
    for (int hold : new int[] {0, 1000, 10_000}) {
      for (String mode : SHARING) {
        String title = "Two taking a lock 100000 times each, for " + hold + " ns";
        part("lock/together:mode=" + mode + ",hold=" + hold, title, mode.length() + hold, 200_000);
      }
    }
    for (String mode : SHARING) {
      run.add(
          "shared-value/race:mode=" + mode,
          "exhibit",
          "ms",
          "Two adding 1 to a value 100000 times each, in two steps",
          mode.length() * 0.9,
          200_000,
          Map.of("lost", mode.length() * 3000.0));
      run.add(
          "heap/filled:mode=" + mode,
          "exhibit",
          "ms",
          "Filling a heap",
          100,
          1,
          Map.of("gcCount", 3.0, "gcMillis", 41.5));
    }
  }

  /// All of the sample's parts take 90 MiB, so each further worker takes none.
  private void idle() {
    for (String mode : List.of("thread-pool", "process-pool")) {
      for (int size : new int[] {1, 2, 4}) {
        String title = "Memory of a pool of " + size;
        part("idle/memory:mode=" + mode + ",size=" + size, title, 10, 1);
      }
    }
    for (String mode : List.of("single-thread", "thread-pool", "process-pool")) {
      double micros = mode.equals("process-pool") ? 12_000 : 2000;
      run.add(
          "idle/cpu:mode=" + mode + ",size=2",
          "figure",
          "ms",
          "CPU time of an idle pool of 2",
          1000,
          1,
          Map.of("idleCpuMicros", micros));
    }
  }

  private void firstAnswers() {
    for (int size : new int[] {1, 2}) {
      first("thread-pool", "plain", size, 0, 0.07, 0.05);
      first("process-pool", "plain", size, 40 * size, 45, 4);
      first("process-pool", "cached", size, 25 * size, 20, 2);
      first("process-pool", "warm", size, 0, 0.6, 0.8);
    }
  }

  private void first(String mode, String method, int size, double... parts) {
    run.add(
        "startup/first:mode=" + mode + ",method=" + method + ",size=" + size,
        "figure",
        "ms",
        "First answers of a pool of " + size + " by start method " + method,
        parts[0] + parts[1] + parts[2],
        1,
        Map.of("jvm", parts[0], "boot", parts[1], "answer", parts[2]));
  }

  /// Beyond two workers nothing is gained on two CPUs.
  private void scaling() {
    scaling("single-thread", 1, 360);
    for (int workers : new int[] {1, 2, 4}) {
      scaling("thread-pool", workers, 360.0 / Math.min(workers, 2) + 1);
      scaling("process-pool", workers, 362.0 / Math.min(workers, 2) + 2 * workers);
    }
  }

  private void scaling(String mode, int workers, double time) {
    run.add(
        "counting/scaling:mode=" + mode + ",tasks=4,workers=" + workers,
        "exhibit",
        "ms",
        "Counting to 5 x 10^7, 4 times, on " + workers + (workers == 1 ? " worker" : " workers"),
        time,
        1,
        Map.of());
  }

  private void recovery() {
    run.add(
        "recovery/crash:mode=process-pool",
        "figure",
        "ms",
        "From a crash until the pool is whole",
        105,
        1,
        Map.of("lost", 1.0, "p50", 0.004, "p90", 0.006, "p99", 0.03, "p99.9", 0.4, "max", 2.4));
  }

  /// Each of which was timed.
  private void messages(String id, String title, double time, int items) {
    double p50 = 0.9 * time / items;
    Map<String, Double> told = Map.of("p50", p50, "p90", p50 * 1.2, "p99", p50 * 2);
    run.add(id, "figure", "ms", title, time, items, told);
  }

  private void part(String id, String title, double time, int items) {
    run.add(id, "figure", "ms", title, time, items, Map.of());
  }

  /// Nobody drew for these: other names, parameters without numbers, a single mode.
  private void unheardOf() {
    for (String mode : List.of("thread-pool", "process-pool")) {
      for (String kind : List.of("rough", "smooth", "in between")) {
        run.add(
            "surface/polish:mode=" + mode + ",kind=" + kind,
            "workload",
            "ms",
            "Polishing a surface that is " + kind,
            kind.length() * 10.0 + mode.length(),
            1,
            Map.of());
      }
    }
    run.add("lonely/one:mode=process-pool", "workload", "ms", "Alone", 71, 1, Map.of());
  }
}
