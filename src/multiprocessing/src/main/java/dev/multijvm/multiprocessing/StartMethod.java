package dev.multijvm.multiprocessing;

/// How a child JVM comes to life.
public enum StartMethod {
  /// A plain start of `java`.
  PLAIN
}
