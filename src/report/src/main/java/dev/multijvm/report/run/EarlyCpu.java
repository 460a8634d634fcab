package dev.multijvm.report.run;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The CPU time of slots that have it in whole microseconds, as the first runs wrote them: too
/// coarse for what takes less than a hundred, of which JMH's own result still knows more.
final class EarlyCpu {
  private static final double COARSE = 0.1;
  private static final double PER_MICRO = 1000;

  private EarlyCpu() {}

  /// The mean over iterations of JMH's profiler, each weighed by its operations: iterations are
  /// equally long, so that these are the more the shorter one takes.
  ///
  /// @param written what the slot says, in milliseconds
  /// @return `written` where it is fine enough, and where JMH's result knows no better
  static double millis(double written, @Nullable JsonNode jmh) {
    boolean isCoarse = written < COARSE && Math.rint(written * PER_MICRO) / PER_MICRO == written;
    if (!isCoarse || jmh == null || !jmh.path("mode").asString("").equals("avgt")) {
      return written;
    }
    JsonNode cpu = jmh.at("/secondaryMetrics/tree.cpu/rawData/0");
    JsonNode times = jmh.at("/primaryMetric/rawData/0");
    double millis = 0;
    double operations = 0;
    for (int i = 0; i < cpu.size(); i++) {
      double time = times.path(i).asDouble(0);
      millis += cpu.path(i).asDouble(0) / time;
      operations += 1 / time;
    }
    double mean = millis / operations;
    return Double.isFinite(mean) ? mean : written;
  }
}
