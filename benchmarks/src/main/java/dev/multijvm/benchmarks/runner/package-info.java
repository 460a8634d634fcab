/// The main job: reads what is asked for, measures round by round, keeps every slot at once, says
/// how valid the run is.
@NullMarked
package dev.multijvm.benchmarks.runner;

import org.jspecify.annotations.NullMarked;
