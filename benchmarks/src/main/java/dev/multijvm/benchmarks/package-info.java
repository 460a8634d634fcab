/// The instrument: workloads, execution modes, suites and the runner of slots.
@NullMarked
package dev.multijvm.benchmarks;

import org.jspecify.annotations.NullMarked;
