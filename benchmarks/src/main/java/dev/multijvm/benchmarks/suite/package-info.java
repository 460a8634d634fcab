/// The questions: JMH suites, each of which runs one kind of work in every execution mode.
@NullMarked
package dev.multijvm.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
