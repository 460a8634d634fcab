/// What is measured: pure pieces of work with known answers, which no compiler can skip.
@NullMarked
package dev.multijvm.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
