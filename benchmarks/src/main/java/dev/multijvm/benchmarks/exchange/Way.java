package dev.multijvm.benchmarks.exchange;

/// How messages go.
public enum Way {
  /// Each is sent back before the next one leaves.
  ROUND_TRIP,
  /// One after the other; when all are there, a short answer comes back.
  ONE_WAY
}
