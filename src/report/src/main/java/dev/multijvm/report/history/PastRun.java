package dev.multijvm.report.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.multijvm.report.finding.Cell;
import dev.multijvm.report.finding.Findings;
import dev.multijvm.report.finding.Wording;
import dev.multijvm.report.run.Environment;
import dev.multijvm.report.run.Honesty;
import dev.multijvm.report.run.Role;
import dev.multijvm.report.run.Variant;
import dev.multijvm.statistics.Estimate;
import dev.multijvm.statistics.Interval;
import dev.multijvm.statistics.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run as history keeps it: what it was made with, and a line for each variant.
///
/// @param lines in the order of the run's plan
public record PastRun(Head head, List<Line> lines) {
  static final String FORMAT = "multijvm-history/1";

  /// The first line of a run's file.
  ///
  /// @param revision of the sources; null where it is not known
  /// @param cpus visible to the run; null where it is not known
  /// @param ruler the frozen kernel with its version: `ruler/1`
  /// @param rulerMillis its time, for whoever wants milliseconds back
  @JsonPropertyOrder({
    "format",
    "started",
    "revision",
    "effort",
    "jdk",
    "cpu",
    "cpus",
    "workers",
    "ruler",
    "rulerMillis"
  })
  public record Head(
      @JsonProperty(value = "format", required = true) String format,
      @JsonProperty(value = "started", required = true) Instant started,
      @JsonProperty("revision") @Nullable String revision,
      @JsonProperty(value = "effort", required = true) String effort,
      @JsonProperty(value = "jdk", required = true) String jdk,
      @JsonProperty(value = "cpu", required = true) String cpu,
      @JsonProperty("cpus") @Nullable Integer cpus,
      @JsonProperty(value = "workers", required = true) int workers,
      @JsonProperty(value = "ruler", required = true) String ruler,
      @JsonProperty(value = "rulerMillis", required = true) double rulerMillis) {
    public Head {
      if (!format.equals(FORMAT)) {
        throw new IllegalArgumentException("format must be " + FORMAT + ": " + format);
      }
    }

    /// What runs must have in common to be drawn as one line: `AMD EPYC, 2 CPUs, W = 2`.
    String machine() {
      return cpu
          + (cpus == null ? "" : ", " + cpus + (cpus == 1 ? " CPU" : " CPUs"))
          + ", W = "
          + workers;
    }
  }

  /// Any other line: a variant's time by the ruler of the same round.
  ///
  /// @param kernel what was timed, with its version: `counting-loop/1`; empty where it has none
  /// @param low with `high` and `level` the interval; null where there were too few rounds
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonPropertyOrder({"id", "title", "kernel", "rounds", "toRuler", "low", "high", "level"})
  public record Line(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "title", required = true) String title,
      @JsonProperty(value = "kernel", required = true) String kernel,
      @JsonProperty(value = "rounds", required = true) int rounds,
      @JsonProperty(value = "toRuler", required = true) double toRuler,
      @JsonProperty("low") @Nullable Double low,
      @JsonProperty("high") @Nullable Double high,
      @JsonProperty("level") @Nullable Double level) {
    private static final double MILLIONTH = 1e-6;
    private static final double LEAST_WITHOUT_UNIT = 0.001;

    public Line {
      Variant.ofId(id, "ms");
      if (!(toRuler > 0) || Double.isInfinite(toRuler)) {
        throw new IllegalArgumentException("toRuler must be positive: " + toRuler);
      }
    }

    static Line of(Variant variant, String kernel, int rounds, Estimate toRuler) {
      return switch (toRuler) {
        case Interval(double low, double middle, double high, double level) ->
            new Line(
                variant.id(),
                variant.title(),
                kernel,
                rounds,
                rounded(middle),
                rounded(low),
                rounded(high),
                rounded(level));
        case Point(double middle, int _, int _) ->
            new Line(
                variant.id(), variant.title(), kernel, rounds, rounded(middle), null, null, null);
      };
    }

    Variant variant() {
      return Variant.ofId(id, "ms");
    }

    /// `1.41 [1.38, 1.45]`, `3.47 millionths [3.41, 3.52]`; without limits where there are none.
    String ratio() {
      double unit = unit(toRuler);
      String limits =
          low == null || high == null
              ? ""
              : " [%s, %s]".formatted(Wording.number(low / unit), Wording.number(high / unit));
      return number(toRuler) + limits;
    }

    /// `1.41`, `3.47 millionths`.
    static String number(double ratio) {
      double unit = unit(ratio);
      return Wording.number(ratio / unit) + (unit < 1 ? " millionths" : "");
    }

    /// In what ratios of this size are told.
    static double unit(double ratio) {
      return ratio < LEAST_WITHOUT_UNIT ? MILLIONTH : 1;
    }
  }

  public PastRun {
    lines = List.copyOf(lines);
  }

  /// What history keeps of a run; empty where it has no ruler to compare by.
  ///
  /// @throws java.time.DateTimeException if nobody can tell when the run was made
  public static Optional<PastRun> of(Findings findings) {
    Environment environment = findings.run().environment();
    Honesty honesty = findings.run().honesty();
    return findings
        .ruler()
        .map(ruler -> {
          List<Line> lines = new ArrayList<>();
          findings.cells().stream()
              .filter(cell -> isKept(cell.variant().role()))
              .flatMap(cell -> line(cell, ruler, honesty).stream())
              .forEach(lines::add);
          var cpus = environment.cpus();
          Head head =
              new Head(
                  FORMAT,
                  Instant.parse(findings.run().plan().started()),
                  environment.revision().orElse(null),
                  findings.run().plan().effort(),
                  environment.jdk(),
                  environment.cpuModel(),
                  cpus.isPresent() ? cpus.getAsInt() : null,
                  findings.run().plan().workers(),
                  honesty.kernels(ruler.variant()),
                  rounded(ruler.millis().estimate()));
          return new PastRun(head, lines);
        });
  }

  private static boolean isKept(Role role) {
    return switch (role) {
      case WORKLOAD, FIGURE, CEILING, CONTROL -> true;
      case RULER, EXHIBIT -> false;
    };
  }

  private static Optional<Line> line(Cell cell, Cell ruler, Honesty honesty) {
    Variant variant = cell.variant();
    return cell.ratioTo(ruler)
        .map(paired -> Line.of(variant, honesty.kernels(variant), paired.pairs(), paired.ratio()));
  }

  /// Five significant digits: more would only make the file larger.
  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4e", value));
  }
}
