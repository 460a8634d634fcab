package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Why a run measured no further.
public record Stop(
    @JsonProperty(value = "format", required = true) String format,
    @JsonProperty(value = "reason", required = true) Reason reason) {
  static final String FORMAT = "multijvm-stop/1";

  /// What ended a run, as a sentence.
  public enum Reason {
    @JsonProperty("precision")
    PRECISION("The run stopped when every ratio was known within 2 %."),
    @JsonProperty("rounds")
    ROUNDS("The run has all rounds it wanted."),
    @JsonProperty("time")
    TIME("The time was up."),
    @JsonProperty("interruption")
    INTERRUPTION("The run was interrupted.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  public Stop {
    Formats.require(FORMAT, format);
  }
}
