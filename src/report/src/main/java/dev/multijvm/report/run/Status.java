package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What became of a slot.
public enum Status {
  @JsonProperty("valid")
  VALID,
  /// Known, without looking at the time, to be disturbed.
  @JsonProperty("rejected")
  REJECTED,
  /// The benchmark threw or did not end.
  @JsonProperty("failed")
  FAILED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
