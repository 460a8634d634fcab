/// What the machine is and what it does meanwhile: `/proc`, control groups, the record of the
/// environment.
@NullMarked
package dev.multijvm.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
