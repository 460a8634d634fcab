package dev.multijvm.benchmarks.mode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/// What a suite tells of its operations beside JMH's time: numbers with a name, and times by a
/// clock of its own.
///
/// The profiler takes them once the last iteration is over; they become secondary results and the
/// readings of the slot. Without a profiler nobody does. All methods may be called from any thread.
public final class Readings {

  /// So many samples must lie beyond a percentile for it to be told.
  private static final int LEAST_BEYOND = 10;

  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  private static final Map<String, DoubleSummaryStatistics> TOLD = new LinkedHashMap<>();
  private static final Map<String, Double> MOST = new LinkedHashMap<>();
  private static final List<Long> INNER_NANOS = new ArrayList<>();
  private static final List<long[]> EACH_NANOS = new ArrayList<>();

  private Readings() {}

  /// What was told in a while.
  ///
  /// @param numbers by name: means over the operations that told them, or the greatest
  /// @param eachNanos the times of the parts of all operations
  public record Taken(Map<String, Double> numbers, List<Long> eachNanos) {
    public Taken {
      numbers = Map.copyOf(numbers);
      eachNanos = List.copyOf(eachNanos);
    }
  }

  /// Tells a number of an operation, of which the mean counts; times in the unit of its suite.
  public static void tell(String name, double value) {
    synchronized (TOLD) {
      TOLD.computeIfAbsent(name, _ -> new DoubleSummaryStatistics()).accept(value);
    }
  }

  /// Tells a number of an operation, of which the greatest counts.
  public static void tellMost(String name, double value) {
    synchronized (TOLD) {
      MOST.merge(name, value, Math::max);
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

  /// Takes what [#tellInner] was told since the last call.
  public static List<Long> takeInner() {
    synchronized (TOLD) {
      var taken = List.copyOf(INNER_NANOS);
      INNER_NANOS.clear();
      return taken;
    }
  }

  /// Takes all else that was told since the last call.
  public static Taken take() {
    synchronized (TOLD) {
      var numbers = new LinkedHashMap<>(MOST);
      TOLD.forEach((name, told) -> numbers.put(name, told.getAverage()));
      var eachNanos = EACH_NANOS.stream().flatMapToLong(Arrays::stream).boxed().toList();
      TOLD.clear();
      MOST.clear();
      EACH_NANOS.clear();
      return new Taken(numbers, eachNanos);
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
}
