package dev.multijvm.benchmarks.mode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// What a suite tells of its operations beside JMH's time: numbers with a name, and times by a
/// clock of its own.
///
/// The profiler takes them after each iteration; they become secondary results and the readings of
/// the slot. Without a profiler nobody does. All methods may be called from any thread.
public final class Readings {

  /// So many samples must lie beyond a percentile for it to be told.
  private static final int LEAST_BEYOND = 10;

  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  private static final Map<String, Mean> TOLD = new LinkedHashMap<>();
  private static final List<Long> INNER_NANOS = new ArrayList<>();
  private static final List<long[]> EACH_NANOS = new ArrayList<>();

  private Readings() {}

  /// What was told in a while.
  ///
  /// @param means of the numbers told under each name
  /// @param innerNanos each operation's time by a clock inside it
  /// @param eachNanos the times of the parts of all operations
  public record Taken(Map<String, Double> means, List<Long> innerNanos, List<Long> eachNanos) {
    public Taken {
      means = Map.copyOf(means);
      innerNanos = List.copyOf(innerNanos);
      eachNanos = List.copyOf(eachNanos);
    }
  }

  /// Tells a number of an operation; times in the unit of its suite.
  public static void tell(String name, double value) {
    synchronized (TOLD) {
      TOLD.computeIfAbsent(name, _ -> new Mean()).add(value);
    }
  }

  /// Tells how long an operation took by a clock inside it, which takes the place of JMH's time
  /// where that includes the way to another program.
  public static void tellInner(long nanos) {
    synchronized (TOLD) {
      INNER_NANOS.add(nanos);
    }
  }

  /// Tells how long each of many equal parts of an operation took. Of those of all measured
  /// operations together the percentiles become readings.
  ///
  /// @param nanos not to be changed any more
  public static void tellEach(long... nanos) {
    synchronized (TOLD) {
      EACH_NANOS.add(nanos);
    }
  }

  /// Takes what was told since the last call.
  public static Taken take() {
    synchronized (TOLD) {
      var means = new LinkedHashMap<String, Double>();
      for (var told : TOLD.entrySet()) {
        means.put(told.getKey(), told.getValue().value());
      }
      var eachNanos = EACH_NANOS.stream().flatMapToLong(Arrays::stream).boxed().toList();
      var taken = new Taken(means, INNER_NANOS, eachNanos);
      TOLD.clear();
      INNER_NANOS.clear();
      EACH_NANOS.clear();
      return taken;
    }
  }

  /// Returns the percentiles of `samples` that enough of them lie beyond, by name: `p50`, `p90`,
  /// `p99`, `p99.9`.
  public static Map<String, Double> percentiles(double... samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return percentiles(
        sorted.length,
        percent -> sorted[(int) Math.ceil(percent / 100 * sorted.length - 1e-6) - 1]);
  }

  /// Returns those that enough of `count` samples lie beyond, as `valueAt` knows them.
  public static Map<String, Double> percentiles(long count, DoubleUnaryOperator valueAt) {
    var told = new LinkedHashMap<String, Double>();
    for (double percent : PERCENTILES) {
      if (count * (100 - percent) / 100 > LEAST_BEYOND - 1e-6) {
        told.put(name(percent), valueAt.applyAsDouble(percent));
      }
    }
    return told;
  }

  private static String name(double percent) {
    return "p" + (percent == Math.rint(percent) ? Long.toString((long) percent) : percent);
  }

  private static final class Mean {

    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double value() {
      return sum / count;
    }
  }
}
