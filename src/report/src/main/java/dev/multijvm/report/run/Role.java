package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// Why a variant is measured.
public enum Role {
  /// It answers the question.
  @JsonProperty("workload")
  WORKLOAD,
  /// What a part of the library can do: shown, never judged.
  @JsonProperty("figure")
  FIGURE,
  /// The frozen kernel alone: the yardstick between runs.
  @JsonProperty("ruler")
  RULER,
  /// The frozen kernel in as many independent JVMs as there are workers: what this machine can give
  /// at best.
  @JsonProperty("ceiling")
  CEILING,
  /// Shown, never judged.
  @JsonProperty("exhibit")
  EXHIBIT,
  /// A check on the instrument.
  @JsonProperty("control")
  CONTROL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
