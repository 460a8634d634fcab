package dev.multijvm.benchmarks.compare;

/// One of the two that are compared.
///
/// @param label for people: the revision, or the jar's path, as given; a whole hash abbreviated
/// @param identity what exactly was measured: the commit, or size and time of the jar
record Side(String label, String identity, JmhJar jar) {}
