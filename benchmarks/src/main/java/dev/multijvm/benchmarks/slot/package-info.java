/// One slot: a fresh fork launched by JMH, its process tree accounted, its record written.
@NullMarked
package dev.multijvm.benchmarks.slot;

import org.jspecify.annotations.NullMarked;
