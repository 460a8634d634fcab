package dev.multijvm.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A run as the runner writes it, made from a few lines of figures and a seed: the same files every
/// time.
///
/// Times scatter by about one percent about what a quiet machine with two CPUs showed, so that
/// golden files read like a real report. Nothing here is published as a measurement.
final class SampleRun {
  private static final long SEED = 42;

  private final Path directory;
  private final Random random = new Random(SEED);
  private final List<Made> variants = new ArrayList<>();
  private final Map<String, Double> factors = new TreeMap<>();
  private int rounds = 6;
  private int plannedRounds = 6;

  /// One variant and what it costs.
  private record Made(
      String id,
      String role,
      String temperature,
      int workers,
      String unit,
      String title,
      double time,
      double cpuMillis,
      double pssMiB,
      int iterations,
      int items,
      Map<String, Double> readings) {}

  SampleRun(Path directory) {
    this.directory = directory;
    variants();
  }

  /// Takes `complete` rounds of `planned`.
  SampleRun rounds(int complete, int planned) {
    rounds = complete;
    plannedRounds = planned;
    return this;
  }

  /// Adds what only the greatest effort measures.
  SampleRun full() {
    FullSample.addTo(this);
    return this;
  }

  /// Multiplies the times of the variants whose id contains `part`.
  SampleRun slower(String part, double factor) {
    factors.put(part, factor);
    return this;
  }

  /// Writes all files of the run and returns its directory.
  Path write() {
    try {
      Files.createDirectories(directory.resolve("slots"));
      write("environment.json", environment());
      write("plan.json", plan());
      write("honesty.json", honesty());
      for (int round = 1; round <= rounds; round++) {
        List<Made> order = new ArrayList<>(variants);
        Collections.shuffle(order, random);
        for (int position = 1; position <= order.size(); position++) {
          Made made = order.get(position - 1);
          String name = made.id.replaceAll("[/:,=]", "-");
          String file =
              String.format(Locale.ROOT, "slots/%03d-%03d-%s.json", round, position, name);
          write(file, slot(made, round, position));
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void variants() {
    String[] modes = {"single-thread", "thread-pool", "process-pool"};
    counting(modes);
    rangeSum(modes);
    sleep();
    add("ruler/alone", "ruler", "warm", 1, "ms", "The ruler alone", 101.0, 101, 58, 3);
    add(
        "ruler/together",
        "ceiling",
        "warm",
        2,
        "ms",
        "The ruler in two JVMs at once",
        108.1,
        216,
        118,
        3);
    add(
        "counting/folded:mode=single-thread,tasks=2",
        "exhibit",
        "warm",
        2,
        "us",
        "Counting to 10^8 twice, folded",
        0.021,
        0,
        60,
        5);
    add(
        "counting/folded:mode=process-pool,tasks=2",
        "exhibit",
        "warm",
        2,
        "us",
        "Counting to 10^8 twice, folded",
        9.7,
        0,
        143,
        5);
  }

  private void counting(String... modes) {
    double[] warm = {352, 181, 183};
    double[] cold = {361, 214, 393};
    double[] cpu = {352, 360, 364};
    double[] pss = {61, 62, 143};
    for (int i = 0; i < modes.length; i++) {
      String tail = ":mode=" + modes[i] + ",tasks=2";
      add(
          "counting/warm" + tail,
          "workload",
          "warm",
          2,
          "ms",
          "Counting to 10^8 twice",
          warm[i],
          cpu[i],
          pss[i],
          3);
      add(
          "counting/cold" + tail,
          "workload",
          "cold",
          2,
          "ms",
          "Counting to 10^8 twice",
          cold[i],
          cpu[i] * (i == 2 ? 2.1 : 1.2),
          pss[i],
          1);
    }
  }

  private void rangeSum(String... modes) {
    double one = 69.2;
    for (int chunks : new int[] {1, 2, 16, 256}) {
      double[] times = {
        one + chunks * 0.0001,
        chunks == 1 ? one + 0.05 : one / 1.9 + chunks * 0.011,
        chunks == 1 ? one + 0.09 : one / 1.9 + 0.35 + chunks * 0.016
      };
      for (int i = 0; i < modes.length; i++) {
        String id = "range-sum/warm:mode=" + modes[i] + ",chunks=" + chunks;
        add(
            id,
            "workload",
            "warm",
            2,
            "ms",
            "Sum of 1 to 2x10^8 in " + chunks + (chunks == 1 ? " chunk" : " chunks"),
            times[i],
            one * (1.02 + 0.02 * i),
            60 + 42 * i,
            3);
      }
    }
    double[] tiny = {0.35, 14.2, 11.6};
    for (int i = 0; i < modes.length; i++) {
      add(
          "range-sum/small:mode=" + modes[i],
          "workload",
          "warm",
          2,
          "us",
          "Sum of 1 to 1000 in 3 chunks",
          tiny[i],
          tiny[i] / 800,
          60 + 42 * i,
          5);
    }
  }

  private void sleep() {
    String[] modes = {"single-thread", "thread-pool", "virtual-threads", "process-pool"};
    double[] warm = {5003, 500.9, 500.7, 501.2};
    double[] cold = {0, 507, 0, 790};
    double[] cpu = {1.1, 2.9, 3.4, 9.1};
    double[] pss = {58, 60, 59, 412};
    for (int i = 0; i < modes.length; i++) {
      String tail = ":mode=" + modes[i] + ",tasks=10";
      add(
          "sleep/warm" + tail,
          "workload",
          "warm",
          10,
          "ms",
          "Ten sleeps of 0.5 s",
          warm[i],
          cpu[i],
          pss[i],
          1);
      if (cold[i] > 0) {
        add(
            "sleep/cold" + tail,
            "workload",
            "cold",
            10,
            "ms",
            "Ten sleeps of 0.5 s",
            cold[i],
            cpu[i] * 90,
            pss[i],
            1);
      }
    }
  }

  private void add(
      String id,
      String role,
      String temperature,
      int workers,
      String unit,
      String title,
      double time,
      double cpuMillis,
      double pssMiB,
      int iterations) {
    variants.add(
        new Made(
            id,
            role,
            temperature,
            workers,
            unit,
            title,
            time,
            cpuMillis,
            pssMiB,
            iterations,
            1,
            Map.of()));
  }

  /// Adds a warm variant for two workers.
  ///
  /// @param time of one operation in `unit`
  /// @param items an operation handles
  /// @param readings what the suite tells besides
  void add(
      String id,
      String role,
      String unit,
      String title,
      double time,
      int items,
      Map<String, Double> readings) {
    variants.add(
        new Made(id, role, "warm", 2, unit, title, time, time / 900, 90, 3, items, readings));
  }

  private double factor(Made made) {
    return factors.entrySet().stream()
        .filter(factor -> made.id.contains(factor.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .reduce(1, (a, b) -> a * b);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private static String environment() {
    return """
    {
      "format": "multijvm-environment/1",
      "version": "0.1.0",
      "git": { "revision": "0123456789abcdef", "dirty": false },
      "cpu": { "model": "Sample CPU @ 2.70GHz", "architecture": "amd64", "online": 2, "cores": null, "visible": 2 },
      "memory": { "totalMiB": 8192, "limitMiB": null },
      "os": { "name": "Linux", "version": "6.18.0" },
      "java": { "vendor": "Eclipse Adoptium", "version": "25.0.3+9-LTS", "arguments": ["-XX:+UseG1GC"] },
      "warnings": []
    }
    """;
  }

  private String plan() {
    List<String> entries = variants.stream().map(SampleRun::planned).toList();
    return """
    {
      "format": "multijvm-plan/1",
      "started": "2026-11-21T06:00:00Z",
      "effort": "quick",
      "seed": 42,
      "workers": 2,
      "rounds": %d,
      "looks": [6, 8, 12, 16, 24],
      "variants": [
        %s
      ],
      "leftOut": [{ "id": "counting/warm:mode=fork-join-pool,tasks=2", "reason": "effort quick" }]
    }
    """
        .formatted(plannedRounds, String.join(",\n    ", entries));
  }

  private static String planned(Made made) {
    String rest = made.id.substring(made.id.indexOf('/') + 1);
    int colon = rest.indexOf(':');
    List<String> parameters = new ArrayList<>();
    if (colon >= 0) {
      for (String pair : rest.substring(colon + 1).split(",", -1)) {
        parameters.add("\"" + pair.replace("=", "\": \"") + "\"");
      }
    }
    return String.format(
        Locale.ROOT,
        "{ \"id\": \"%s\", \"suite\": \"%s\", \"case\": \"%s\", \"parameters\": { %s }, \"role\": \"%s\","
            + " \"temperature\": \"%s\", \"workers\": %d, \"unit\": \"%s\", \"items\": %d, \"title\": \"%s\" }",
        made.id,
        made.id.substring(0, made.id.indexOf('/')),
        colon < 0 ? rest : rest.substring(0, colon),
        String.join(", ", parameters),
        made.role,
        made.temperature,
        made.workers,
        made.unit,
        made.items,
        made.title);
  }

  private static String honesty() {
    return """
    {
      "format": "multijvm-honesty/1",
      "kernels": [
        { "kernel": "ruler", "version": 1, "suites": [], "answerOk": true, "nanosPerStep": 2.22,
          "cyclesPerStep": 6.0, "floorCycles": 6.0, "linearity": [2.0, 2.0], "verdict": "honest" },
        { "kernel": "counting", "version": 1, "suites": ["CountingSuite", "ControlSuite"], "answerOk": true, "nanosPerStep": 1.76,
          "cyclesPerStep": 4.76, "floorCycles": 3.0, "linearity": [2.0, 1.99], "verdict": "honest" }
      ]
    }
    """;
  }

  private String slot(Made made, int round, int position) {
    double level =
        factor(made) * made.time * Math.exp(0.008 * random.nextGaussian() + 0.002 * (round - 3));
    List<String> iterations = new ArrayList<>();
    for (int i = 0; i < made.iterations; i++) {
      iterations.add(figure(level * Math.exp(0.003 * random.nextGaussian())));
    }
    boolean disturbed = round == 3 && position == 5;
    int minute = (round - 1) % 60;
    double second = position * 59.0 / (variants.size() + 1);
    return String.format(
        Locale.ROOT,
        """
        {
          "format": "multijvm-slot/1",
          "variant": "%s",
          "round": %d,
          "position": %d,
          "started": "2026-11-21T%02d:%02d:%06.3fZ",
          "seconds": %s,
          "settleSeconds": 0.11,
          "status": "%s",
          "reasons": [%s],
          "doubts": [%s],
          "unit": "%s",
          "warmup": [%s],
          "iterations": [%s],
          "cpuMillis": %s,
          "pssMiB": %s,
          "peakMiB": %s,
          "memory": %s,
          "readings": {%s},
          "machine": { "stealPercent": %s, "foreignPercent": %s, "load1": 1.1, "pressureSomePercent": %s, "throttledMillis": 0 },
          "processes": [{ "role": "fork", "arguments": ["-XX:+UseG1GC"] }],
          "jmh": { "jmhVersion": "1.37", "benchmark": "dev.multijvm.benchmarks.suite.%s", "mode": "ss", "threads": 1, "forks": 1,
            "params": { "id": "%s" }, "primaryMetric": { "score": %s, "scoreUnit": "%s/op", "rawData": [[%s]] }, "secondaryMetrics": {} }
        }
        """,
        made.id,
        round,
        position,
        6 + (round - 1) / 60,
        minute,
        second,
        figure(1 + factor(made) * made.time / 200),
        disturbed ? "rejected" : "valid",
        disturbed ? "\"foreign CPU 7.9 %\"" : "",
        round == 2 && position == 9
            ? "\"not steady: the last iterations still fall by 3.1 %\""
            : "",
        made.unit,
        figure(level * 1.1),
        String.join(", ", iterations),
        made.cpuMillis == 0
            ? "null"
            : figure(made.cpuMillis * Math.exp(0.01 * random.nextGaussian())),
        figure(made.pssMiB * Math.exp(0.01 * random.nextGaussian())),
        figure(made.pssMiB * 1.2),
        memory(made),
        made.readings.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(reading -> "\"" + reading.getKey() + "\": " + figure(reading.getValue()))
            .collect(Collectors.joining(", ")),
        figure(Math.abs(0.05 * random.nextGaussian())),
        disturbed ? "7.9" : figure(Math.abs(0.4 * random.nextGaussian())),
        figure(1 + Math.abs(3 * random.nextGaussian())),
        made.id
            .substring(0, made.id.indexOf(':') < 0 ? made.id.length() : made.id.indexOf(':'))
            .replace('/', '.'),
        made.id,
        figure(level),
        made.unit,
        String.join(", ", iterations));
  }

  /// A quarter is the program's own, six tenths the workers', and the rest is shared.
  private static String memory(Made made) {
    return made.id.contains("process-pool")
        ? String.format(
            Locale.ROOT,
            "{ \"programPrivateMiB\": %s, \"workers\": %d, \"workerPrivateMiB\": %s, \"workerSharedMiB\": %s }",
            figure(made.pssMiB / 4),
            made.workers,
            figure(0.6 * made.pssMiB / made.workers),
            figure(0.3 * made.pssMiB / made.workers))
        : String.format(
            Locale.ROOT,
            "{ \"programPrivateMiB\": %s, \"workers\": 0, \"workerPrivateMiB\": null, \"workerSharedMiB\": null }",
            figure(0.9 * made.pssMiB));
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4g", value).replaceAll("e([+-]\\d+)$", "E$1");
  }

  /// Writes a sample run for looking at: `SampleRun DIRECTORY [ROUNDS [full]]`.
  static void main(String[] args) {
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
    SampleRun sample = new SampleRun(Path.of(args[0])).rounds(rounds, rounds);
    System.out.println((args.length > 2 ? sample.full() : sample).write());
  }
}
