package dev.multijvm.report.export;

import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.run.Slot;
import dev.multijvm.statistics.Samples;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `jmh.json`: the run as one result file of JMH, for tools that read such files (jmh.morethan.io).
///
/// JMH wrote one result per slot; the slots of a variant become the forks of one result, and its
/// statistics are made anew as JMH makes them. They pool the iterations of all forks and know
/// nothing of rounds: the report's intervals are others.
public final class JmhJson {
  private static final double LEVEL = 0.999;
  private static final double[] PERCENTILES = {
    0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100
  };

  private JmhJson() {}

  /// The whole file; an empty array where no slot kept JMH's result.
  public static String of(Findings findings) {
    ArrayNode results = Json.array();
    for (Cell cell : findings.cells()) {
      List<ObjectNode> forks =
          cell.slots().values().stream().map(JmhJson::result).filter(r -> !r.isEmpty()).toList();
      if (!forks.isEmpty()) {
        results.add(merged(forks));
      }
    }
    return Json.text(results);
  }

  /// JMH's result of a slot; empty where there is none with raw data.
  private static ObjectNode result(Slot slot) {
    JsonNode jmh = slot.jmh();
    return jmh instanceof ObjectNode object && object.at("/primaryMetric/rawData").isArray()
        ? object
        : Json.object();
  }

  private static ObjectNode merged(List<ObjectNode> forks) {
    ObjectNode merged = forks.getFirst().deepCopy();
    merged.put("forks", forks.size());
    ArrayNode raw = Json.array();
    forks.forEach(fork -> fork.at("/primaryMetric/rawData").forEach(it -> raw.add(numbers(it))));
    List<Double> values =
        raw.valueStream().flatMap(JsonNode::valueStream).map(JsonNode::asDouble).toList();
    ObjectNode metric = Json.object();
    if (!values.isEmpty()) {
      addStatistics(metric, values);
    }
    metric.put("scoreUnit", forks.getFirst().at("/primaryMetric/scoreUnit").asString());
    metric.set("rawData", raw);
    merged.set("primaryMetric", metric);
    merged.set("secondaryMetrics", Json.object());
    return merged;
  }

  private static ArrayNode numbers(JsonNode iterations) {
    ArrayNode numbers = Json.array();
    iterations.valueStream().filter(JsonNode::isNumber).forEach(numbers::add);
    return numbers;
  }

  private static void addStatistics(ObjectNode metric, Collection<Double> values) {
    Samples samples = Samples.of(values);
    metric.put("score", samples.mean());
    if (samples.size() > 2) {
      double error = error(samples);
      metric.put("scoreError", error);
      metric.putArray("scoreConfidence").add(samples.mean() - error).add(samples.mean() + error);
    } else {
      metric.put("scoreError", "NaN");
      metric.putArray("scoreConfidence").add("NaN").add("NaN");
    }
    ObjectNode percentiles = metric.putObject("scorePercentiles");
    for (double percentile : PERCENTILES) {
      String name = String.format(Locale.ROOT, "%s", percentile);
      percentiles.put(name, percentile(samples.ascending(), percentile / 100));
    }
  }

  /// Half of Student's interval for the mean.
  private static double error(Samples samples) {
    double mean = samples.mean();
    double squares = 0;
    for (double value : samples.ascending()) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (samples.size() - 1));
    double quantile =
        TDistribution.of(samples.size() - 1).inverseCumulativeProbability(1 - (1 - LEVEL) / 2);
    return quantile * deviation / Math.sqrt(samples.size());
  }

  /// As commons-math does it, which JMH uses: between the values about `share * (n + 1)`.
  private static double percentile(double[] ascending, double share) {
    double place = share * (ascending.length + 1);
    int below = (int) Math.floor(place);
    if (below < 1) {
      return ascending[0];
    }
    if (below >= ascending.length) {
      return ascending[ascending.length - 1];
    }
    return ascending[below - 1] + (place - below) * (ascending[below] - ascending[below - 1]);
  }
}
