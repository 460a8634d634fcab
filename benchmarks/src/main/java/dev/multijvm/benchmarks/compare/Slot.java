package dev.multijvm.benchmarks.compare;

import dev.multijvm.statistics.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What one launch of JMH measured for one case.
///
/// @param nanos for one operation: the median of the raw iterations
/// @param settings how JMH measured; both sides of a pair must have the same
record Slot(double nanos, Map<String, String> settings) {
  private static final List<String> SETTINGS =
      List.of(
          "mode",
          "threads",
          "warmupIterations",
          "warmupTime",
          "warmupBatchSize",
          "measurementIterations",
          "measurementTime",
          "measurementBatchSize");

  private static final List<String> MODES = List.of("avgt", "ss", "sample", "thrpt");

  private static final Map<String, Double> NANOS =
      Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86400e9);

  /// Reads what JMH's JSON holds of one benchmark; of several modes, the one that shows a change
  /// best.
  ///
  /// @return empty where it holds no time of it that is a positive number
  static Optional<Slot> parse(String json, String benchmark) {
    try {
      Optional<JsonNode> preferred =
          JsonMapper.shared()
              .readTree(json)
              .valueStream()
              .filter(result -> result.path("benchmark").asString("").equals(benchmark))
              .min(Comparator.comparingInt(Slot::preference));
      if (preferred.isEmpty()) {
        return Optional.empty();
      }
      JsonNode result = preferred.get();
      JsonNode metric = result.path("primaryMetric");
      List<Double> scores = iterations(metric);
      Optional<Double> nanos =
          scores.isEmpty()
              ? Optional.empty()
              : nanos(Samples.of(scores).median(), metric.path("scoreUnit").asString(""));
      return nanos.map(value -> new Slot(value, settings(result)));
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static int preference(JsonNode result) {
    int place = MODES.indexOf(result.path("mode").asString(""));
    return place < 0 ? MODES.size() : place;
  }

  private static Map<String, String> settings(JsonNode result) {
    Map<String, String> settings = new TreeMap<>();
    SETTINGS.forEach(name -> settings.put(name, result.path(name).asString("")));
    return settings;
  }

  private static List<Double> iterations(JsonNode metric) {
    List<Double> scores = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      fork.forEach(score -> scores.add(score.asDouble(Double.NaN)));
    }
    for (JsonNode fork : metric.path("rawDataHistogram")) {
      fork.forEach(histogram -> scores.add(mean(histogram)));
    }
    return scores;
  }

  /// The mean of one iteration's samples, given as pairs of value and count.
  private static double mean(JsonNode histogram) {
    double sum = 0;
    double count = 0;
    for (JsonNode bar : histogram) {
      sum += bar.path(0).asDouble(Double.NaN) * bar.path(1).asDouble(Double.NaN);
      count += bar.path(1).asDouble(Double.NaN);
    }
    return sum / count;
  }

  /// `us/op` or `ops/us` as nanoseconds for one operation.
  private static Optional<Double> nanos(double score, String unit) {
    if (!(score > 0)) {
      return Optional.empty();
    }
    if (unit.endsWith("/op")) {
      return Optional.ofNullable(NANOS.get(unit.substring(0, unit.length() - "/op".length())))
          .map(scale -> score * scale);
    }
    if (unit.startsWith("ops/")) {
      return Optional.ofNullable(NANOS.get(unit.substring("ops/".length())))
          .map(scale -> scale / score);
    }
    return Optional.empty();
  }
}
