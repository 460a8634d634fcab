/// The child JVM that makes a cache for later ones.
@NullMarked
package dev.multijvm.multiprocessing.internal.training;

import org.jspecify.annotations.NullMarked;
