package dev.multijvm.benchmarks.compare;

/// The two that are compared.
record Sides(Side base, Side head) {
  /// Whether both are the same thing, so that any change found would be an error of ours.
  boolean areSame() {
    return base.identity().equals(head.identity()) && base.jar().equals(head.jar());
  }
}
