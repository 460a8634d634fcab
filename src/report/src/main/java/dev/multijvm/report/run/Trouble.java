package dev.multijvm.report.run;

/// Something that keeps a run from being whole, and where it was found.
///
/// @param place a file of the run, with a line where one is known: `slots/007-….json:12`
/// @param reason one sentence without a full stop
public record Trouble(String place, String reason) implements Comparable<Trouble> {
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
