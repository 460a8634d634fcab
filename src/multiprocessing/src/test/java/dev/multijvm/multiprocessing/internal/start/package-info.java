/// Starts from caches, with programs made of real jars.
@NullMarked
package dev.multijvm.multiprocessing.internal.start;

import org.jspecify.annotations.NullMarked;
