package dev.multijvm.benchmarks.compare;

/// The comparison says nothing: why, and what can be done about it. Exit 3.
final class NotValidException extends RuntimeException {
  static final String SEE_HELP = "See --help.";

  private static final long serialVersionUID = 1;

  /// @param reason what happened, in a sentence
  /// @param cure what to do, in a sentence
  NotValidException(String reason, String cure) {
    super(reason + "\n" + cure);
  }
}
