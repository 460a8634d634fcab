package dev.multijvm.report.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether a pool is reused, or one operation in a fresh JVM pays for everything.
public enum Temperature {
  @JsonProperty("warm")
  WARM("warm"),
  @JsonProperty("cold")
  COLD("cold");

  private final String word;

  Temperature(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
