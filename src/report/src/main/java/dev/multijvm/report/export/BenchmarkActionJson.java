package dev.multijvm.report.export;

import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.util.OptionalDouble;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `benchmark-action.json`: times for github-action-benchmark's tool `customSmallerIsBetter`.
///
/// @see <a
///   href="https://github.com/benchmark-action/github-action-benchmark">github-action-benchmark</a>
public final class BenchmarkActionJson {
  private BenchmarkActionJson() {}

  /// The whole file.
  public static String of(Findings findings) {
    ArrayNode all = Json.array();
    for (Cell cell : findings.cells()) {
      if (!cell.isEmpty()) {
        Estimate millis = cell.millis();
        ObjectNode entry =
            all.addObject()
                .put("name", cell.variant().id())
                .put("unit", "ms")
                .put("value", Json.rounded(millis.estimate()));
        switch (millis) {
          case Interval interval -> entry.put("range", "± " + Json.rounded(interval.reach()));
          case Point _ -> {}
        }
        entry.put("extra", extra(cell, findings));
      }
    }
    return Json.text(all);
  }

  private static String extra(Cell cell, Findings findings) {
    StringBuilder extra = new StringBuilder(cell.variant().title());
    extra
        .append("\nrounds: ")
        .append(cell.rounds())
        .append(" of ")
        .append(findings.run().plan().rounds());
    line(extra, "CPU, ms", cell.cpuMillis());
    line(extra, "memory, MiB", cell.pssMiB());
    return extra.toString();
  }

  private static void line(StringBuilder extra, String name, OptionalDouble value) {
    if (value.isPresent()) {
      extra.append('\n').append(name).append(": ").append(Json.rounded(value.getAsDouble()));
    }
  }
}
