/// What a run measures and in which order: variants, efforts, rounds, and the time they may take.
@NullMarked
package dev.multijvm.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
