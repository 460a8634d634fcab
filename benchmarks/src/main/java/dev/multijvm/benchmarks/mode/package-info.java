/// How it is measured: the ways to run the same tasks, on JVMs that get equal flags and warmth.
@NullMarked
package dev.multijvm.benchmarks.mode;

import org.jspecify.annotations.NullMarked;
