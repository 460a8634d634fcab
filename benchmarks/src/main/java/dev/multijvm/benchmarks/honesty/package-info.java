/// Gates that a workload passes before its time counts: its answer, linearity and a floor.
@NullMarked
package dev.multijvm.benchmarks.honesty;

import org.jspecify.annotations.NullMarked;
