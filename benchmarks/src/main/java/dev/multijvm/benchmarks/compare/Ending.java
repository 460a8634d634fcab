package dev.multijvm.benchmarks.compare;

/// Why measuring ended.
sealed interface Ending {
  /// Every case has its verdict.
  record Decided() implements Ending {}

  /// The time allowed was up.
  record TimeUp() implements Ending {}

  /// Somebody stopped it.
  record Interrupted() implements Ending {}

  /// Something made the comparison worthless.
  ///
  /// @param reason what, and what to do about it
  record NotValid(String reason) implements Ending {}
}
