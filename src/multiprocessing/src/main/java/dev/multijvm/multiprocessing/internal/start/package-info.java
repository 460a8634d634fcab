/// How a child JVM comes to life: plainly, from a cache that the library trained, or from a spare.
@NullMarked
package dev.multijvm.multiprocessing.internal.start;

import org.jspecify.annotations.NullMarked;
