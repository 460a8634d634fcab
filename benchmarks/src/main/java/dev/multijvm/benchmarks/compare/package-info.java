/// The gate: whether one set of benchmarks is slower than another, measured in interleaved pairs.
@NullMarked
package dev.multijvm.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
