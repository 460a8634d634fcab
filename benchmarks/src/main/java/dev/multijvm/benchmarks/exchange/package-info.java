/// Work that tasks do together: they take turns at a lock, add to a number, hand elements over.
@NullMarked
package dev.multijvm.benchmarks.exchange;

import org.jspecify.annotations.NullMarked;
