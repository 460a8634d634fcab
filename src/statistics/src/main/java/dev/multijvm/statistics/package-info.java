/// Samples, intervals, comparisons and stopping rules: pure functions of numbers.
@NullMarked
package dev.multijvm.statistics;

import org.jspecify.annotations.NullMarked;
