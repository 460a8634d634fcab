package dev.multijvm.report.run;

import tools.jackson.core.JacksonException;

/// Something that keeps a run from being whole, and where it was found.
///
/// @param place a file of the run, with a line where one is known: `slots/007-….json:12`
/// @param reason one sentence without a full stop
public record Trouble(String place, String reason) implements Comparable<Trouble> {
  /// With the first sentence of what the parser says, in one line: a constructor's own words where
  /// it refused a value.
  public static Trouble of(String place, JacksonException e) {
    String message =
        e.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null
            ? refused.getMessage()
            : e.getOriginalMessage();
    return new Trouble(place, message.lines().findFirst().orElse("not JSON").strip());
  }

  @Override
  public int compareTo(Trouble other) {
    int byPlace = place.compareTo(other.place);
    return byPlace != 0 ? byPlace : reason.compareTo(other.reason);
  }

  @Override
  public String toString() {
    return place + ": " + reason;
  }
}
